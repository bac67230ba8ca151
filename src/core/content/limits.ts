// How much Bedrock takes in one request: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html

/** Bytes and pixels of a picture, and how many there may be. */
export const pictureLimits = { size: 3_932_160, edge: 8000, count: 20 } as const;
/** Bytes of a document, and how many there may be. */
export const documentLimits = { size: 4_718_592, count: 5 } as const;
/** Bytes of a whole request, with base64's third more. */
export const maxRequestSize = 25 * 1024 * 1024;
