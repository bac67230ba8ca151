// The chunk with what users do with code from replies, and with proposed edits; loaded with the first use.
export { CodeActions, sayNoCode } from './codeActions';
export { codeAt, codeOfTurn, lastCode } from './findCode';
