// The chunk that keeps the record of requests and shows it: loaded with the first prompt, or when somebody looks.
export { openActivity } from './openActivity';
