// What ask() is measured against: what an article would show. The SDK's own client and signer, and one
// middleware that re-addresses the signed request. No code of ours.
import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-bedrock-runtime';
import type { HttpHandler } from '@smithy/core/protocols';
import type { FinalizeRequestMiddleware, HttpRequest } from '@smithy/types';
import { standInKeys, standInToken } from '../gateway';

export interface Article {
  readonly url: string;
  readonly region: string;
  /** The one that ask() is given. */
  readonly http: HttpHandler;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends a prompt to a model, and gives the SDK's own stream for a loop of the caller's. */
export type Converse = (model: string, prompt: string) => Promise<AsyncIterable<ConverseStreamOutput>>;

/** One client for all prompts, as a script has it; ask() has to pay for one a reply. */
export function openArticle({ url, region, http, headers }: Article): Converse {
  const gateway = new URL(url);
  const client = new BedrockRuntimeClient({ region, credentials: standInKeys, requestHandler: http });
  const readdress: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => (args) => {
    const request = args.request as HttpRequest;
    request.protocol = gateway.protocol;
    request.hostname = gateway.hostname;
    request.port = Number(gateway.port);
    request.path = gateway.pathname + request.path;
    delete request.headers['host'];
    Object.assign(request.headers, headers, { 'cf-aig-authorization': `Bearer ${standInToken}` });
    return next(args);
  };
  const place = { relation: 'after', toMiddleware: 'httpSigningMiddleware' } as const;
  client.middlewareStack.addRelativeTo(readdress, { ...place, name: 'readdress' });
  return async (modelId, prompt) => {
    const messages = [{ role: 'user' as const, content: [{ text: prompt }] }];
    const { stream } = await client.send(new ConverseStreamCommand({ modelId, messages }));
    if (!stream) throw new Error('The answer has no stream');
    return stream;
  };
}
