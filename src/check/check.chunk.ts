// The chunk with the panel of Check Connection; loaded with the first check.
export { CheckPanel } from './checkPanel';
