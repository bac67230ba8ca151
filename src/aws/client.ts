// The way to STS, SSO and the sign-in service: HTTP/1.1 through VS Code's proxy and certificates, closed when
// nobody waits any more, and what was answered last, since the SDK's errors keep little of it.
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions } from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

/** The latest exchange with one of AWS's services. */
export interface LastResponse {
  readonly host: string;
  readonly status?: number;
  /** It was a page for people: no service of AWS's said it. */
  readonly html?: boolean;
  /** Thrown in place of an answer. */
  readonly error?: Error;
}

export class AwsHttpHandler {
  last: LastResponse | undefined;
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(
    private readonly http: NodeHttpHandler,
    private readonly signal: AbortSignal,
  ) {}

  /** The same way, closed by another signal. */
  until(signal: AbortSignal): AwsHttpHandler {
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
   * Settings of a client of the SDK, so that it looks up none of them in the environment or in ~/.aws. `endpoint`
   * replaces AWS's own.
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

  // The SDK's clients ask for these of any handler.
  updateHttpClientConfig(): void {
    // Its configuration is the handler's own.
  }
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
  destroy(): void {
    // Shared with the next that asks.
  }
}
