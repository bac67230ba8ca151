// The documents that Bedrock takes, and what their first bytes must be.

const zip = Buffer.from('PK\x03\x04', 'latin1');
/** A compound file, the container of old Office documents. */
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');

const begins = (bytes: Buffer, start: Buffer) => bytes.subarray(0, start.length).equals(start);

/** Whether the bytes can be a document of the format. Text is not looked at: Bedrock guesses its encoding. */
export const documentFormats: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  pdf: (bytes) => bytes.subarray(0, 1024).includes('%PDF-'),
  csv: () => true,
  doc: (bytes) => begins(bytes, compound),
  docx: (bytes) => begins(bytes, zip),
  xls: (bytes) => begins(bytes, compound),
  xlsx: (bytes) => begins(bytes, zip),
  html: () => true,
  txt: () => true,
  md: () => true,
};
