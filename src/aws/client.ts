// The HTTP handler for STS, SSO and the sign-in service: HTTP/1.1 through VS Code's proxy and certificate support. It
// closes requests when its signal aborts, and records the last response, since the SDK's errors keep little of it.
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions } from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

/** The latest response of an AWS service. */
export interface LastResponse {
  readonly host: string;
  readonly status?: number;
  /** The response was a web page, so it does not come from an AWS service. */
  readonly html?: boolean;
  /** The error, if there was no response. */
  readonly error?: Error;
}

export class AwsHttpHandler {
  last: LastResponse | undefined;
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(
    private readonly http: NodeHttpHandler,
    private readonly signal: AbortSignal,
  ) {}

  /** A handler for the same connection settings with another signal. */
  withSignal(signal: AbortSignal): AwsHttpHandler {
    return new AwsHttpHandler(this.http, signal);
  }

  async handle(request: HttpRequest, options: HttpHandlerOptions = {}): Promise<{ response: HttpResponse }> {
    const host = request.hostname;
    try {
      const result = await this.http.handle(request, { ...options, abortSignal: this.signal });
      const { statusCode: status, headers } = result.response;
      this.last = { host, status, html: /^text\/html/i.test(headers['content-type'] ?? '') };
      return result;
    } catch (error) {
      this.last = { host, error: error instanceof Error ? error : new Error(String(error)) };
      throw error;
    }
  }

  /**
   * Options for an SDK client, so that it looks up none of them in the environment or in ~/.aws. `endpoint` replaces
   * AWS's own.
   */
  client(region: string, endpoint?: string) {
    return {
      region,
      requestHandler: this,
      maxAttempts: 2,
      retryMode: 'standard' as const,
      defaultsMode: 'standard' as const,
      authSchemePreference: [] as string[],
      sigv4aSigningRegionSet: [region],
      ignoreConfiguredEndpointUrls: true,
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      userAgentAppId: '',
      ...(endpoint !== undefined && { endpoint }),
    };
  }

  // The SDK's clients require these of every handler.
  updateHttpClientConfig(): void {
    // The inner handler is configured already.
  }
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
  destroy(): void {
    // The inner handler is shared by other requests.
  }
}
