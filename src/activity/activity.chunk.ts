// The chunk with the record of requests and its view; loaded with the first prompt or the first look at Activity.
export { openActivity } from './openActivity';
