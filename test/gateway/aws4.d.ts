// aws4 has no types. Declares only what signature.ts uses.
declare module 'aws4' {
  export interface SignableRequest {
    method: string;
    path: string;
    host: string;
    service: string;
    region: string;
    headers: Record<string, string>;
    body: Uint8Array;
    /** Header names in lower case; overrides aws4's own list of headers that it never signs. */
    extraHeadersToInclude: Record<string, boolean>;
    doNotModifyHeaders: boolean;
  }
  export class RequestSigner {
    constructor(request: SignableRequest, credentials: { accessKeyId: string; secretAccessKey: string });
    /** Taken from the request instead of the clock when set before signing. */
    datetime: string;
    canonicalString(): string;
    stringToSign(): string;
    signedHeaders(): string;
    signature(): string;
  }
}
