import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { HttpHandler } from '@smithy/core/protocols';
import type { HttpAuthScheme } from '@smithy/types';
import { awsHost } from '../gateway/readdress';
import { readingExceptions } from './eventStream';

/**
 * Creates an SDK client that reads nothing from the environment or ~/.aws: every option that the SDK would look up
 * there is set. Creating one is cheap (0.2 ms), so each reply has its own and nothing leaks from one into another.
 */
export function openClient({
  region,
  scheme,
  http,
}: {
  region: string;
  scheme: HttpAuthScheme;
  http: HttpHandler;
}): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region,
    endpoint: `https://${awsHost(region)}`,
    httpAuthSchemes: [scheme],
    httpAuthSchemeProvider: () => [{ schemeId: scheme.schemeId }],
    authSchemePreference: [scheme.schemeId],
    // Unused, since the scheme has its own. Set so that the SDK does not search for any.
    credentials: { accessKeyId: '', secretAccessKey: '' },
    token: { token: '' },
    requestHandler: http,
    eventStreamSerdeProvider: readingExceptions,
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: '',
  });
}
