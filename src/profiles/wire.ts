// The way to STS, SSO and the sign-in service: HTTP/1.1 through VS Code's proxy and certificates, closed when
// nobody waits any more, and what was answered last, since the SDK's errors keep little of it.
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions } from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Endpoints } from './profile';

/** The latest exchange with one of AWS's services. */
export interface Last {
  readonly host: string;
  readonly status?: number;
  /** Thrown in place of an answer. */
  readonly error?: Error;
}

export class Wire {
  last: Last | undefined;
  readonly metadata = { handlerProtocol: 'http/1.1' };
  private redirections: Endpoints = {};

  constructor(
    private readonly http: NodeHttpHandler,
    private readonly signal: AbortSignal,
  ) {}

  async handle(request: HttpRequest, options: HttpHandlerOptions = {}): Promise<{ response: HttpResponse }> {
    const sent = this.redirected(request);
    const host = sent.hostname;
    try {
      const result = await this.http.handle(sent, { ...options, abortSignal: this.signal });
      this.last = { host, status: result.response.statusCode };
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

  /** The SDK makes the clients of SSO and of its tokens from one configuration: their addresses are told apart here. */
  redirectSso(endpoints: Endpoints): void {
    this.redirections = endpoints;
  }

  private redirected(request: HttpRequest): HttpRequest {
    const { sso, sso_oidc } = this.redirections;
    const { hostname: asked } = request;
    const other = asked.startsWith('portal.sso.') ? sso : asked.startsWith('oidc.') ? sso_oidc : undefined;
    if (other === undefined || !URL.canParse(other)) return request;
    const { protocol, hostname, port, pathname } = new URL(other);
    const sent = HttpRequest.clone(request);
    Object.assign(sent, { protocol, hostname, path: pathname.replace(/\/$/, '') + request.path });
    if (port) sent.port = Number(port);
    // It names AWS's; the handler writes the right one.
    delete sent.headers['host'];
    return sent;
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
