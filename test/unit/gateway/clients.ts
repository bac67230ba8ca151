// Clients that the stand-in's author did not write: the AWS SDK, re-addressed in a few lines, and node:http.
import assert from 'node:assert/strict';
import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { FinalizeHandler, FinalizeHandlerArguments } from '@smithy/types';
import { request as httpRequest } from 'node:http';
import { type Gateway, standInKeys } from '../../gateway/index.js';

export const model = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
export const profile = `eu.${model}`;
export const arn = `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6`;

/** A request between the signer and the network. */
export interface Outgoing {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

type Handler = FinalizeHandler<ServiceInputTypes, ServiceOutputTypes>;

export interface SdkOptions extends Partial<BedrockRuntimeClientConfig> {
  readonly url?: string;
  readonly extra?: Record<string, string>;
  /** Seen after signing, before re-addressing. */
  readonly change?: (request: Outgoing) => void;
}

/** The SDK's own client; everything about the gateway happens in one middleware after its signer. */
export function sdkClient(gateway: Gateway, { url, extra, change, ...config }: SdkOptions = {}) {
  const client = plainClient(config);
  client.middlewareStack.addRelativeTo(
    (next: Handler) => (args: FinalizeHandlerArguments<ServiceInputTypes>) => {
      const outgoing = args.request as Outgoing;
      const to = new URL(url ?? gateway.url);
      change?.(outgoing);
      outgoing.protocol = to.protocol;
      outgoing.hostname = to.hostname;
      outgoing.port = Number(to.port);
      outgoing.path = to.pathname + outgoing.path;
      delete outgoing.headers['host'];
      Object.assign(outgoing.headers, extra);
      return next(args);
    },
    { relation: 'after', toMiddleware: 'httpSigningMiddleware', name: 'readdress' },
  );
  return client;
}

export const plainClient = (config: Partial<BedrockRuntimeClientConfig> = {}) =>
  new BedrockRuntimeClient({
    region: 'us-east-1',
    credentials: standInKeys,
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
    ...config,
  });

export const question = (text = 'What is this?') => [{ role: 'user' as const, content: [{ text }] }];

export const ask = (client: BedrockRuntimeClient, modelId = model, text?: string) =>
  client.send(new ConverseCommand({ modelId, messages: question(text) }));

/** Collects a stream to its end; whatever ends it early is thrown. */
export async function stream(client: BedrockRuntimeClient, modelId = model, text?: string) {
  const output = await client.send(new ConverseStreamCommand({ modelId, messages: question(text) }));
  const events: ConverseStreamOutput[] = [];
  for await (const event of output.stream!) events.push(event);
  const said = events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');
  return {
    events,
    text: said,
    stopReason: events.find((event) => event.messageStop)?.messageStop?.stopReason,
  };
}

export interface Failure extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers: Record<string, string> };
}

/** What the SDK throws; an answer fails the test. */
export const failureOf = (asking: Promise<unknown>): Promise<Failure> =>
  asking.then(
    (answer) => assert.fail(`it was answered: ${JSON.stringify(answer)}`),
    (error: unknown) => error as Failure,
  );

export interface Plain {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
  readonly text: string;
}

/** One request by hand, unsigned, its path sent as it is. */
export function send(
  root: string,
  path: string,
  headers: Record<string, string> = {},
  body: string | Buffer = JSON.stringify({ messages: question() }),
  method = 'POST',
): Promise<Plain> {
  const { hostname, port } = new URL(root);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { hostname, port, path, method, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const whole = Buffer.concat(chunks);
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, body: whole, text: whole.toString() });
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(method === 'GET' ? undefined : body);
  });
}

/** What a gateway with stored keys is sent: no AWS header at all. */
export const sendUnsigned = (
  gateway: Gateway,
  {
    modelId = model,
    operation = 'converse',
    headers = {},
    body,
  }: {
    modelId?: string;
    operation?: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
  } = {},
) =>
  send(
    gateway.url,
    `${new URL(gateway.url).pathname}/model/${encodeURIComponent(modelId)}/${operation}`,
    headers,
    body,
  );

/** The SDK's bare signer over a path of one's own, for the AWS host, as the gateway's documentation does it. */
export async function sendSignedByHand(gateway: Gateway, path: string, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ messages: question() });
  const host = 'bedrock-runtime.us-east-1.amazonaws.com';
  const credentials = standInKeys;
  const signer = new SignatureV4({ service: 'bedrock', region: 'us-east-1', credentials, sha256: Sha256 });
  const request = {
    method: 'POST',
    protocol: 'https:',
    hostname: host,
    path,
    headers: { host, ...headers },
    body,
  };
  const signed = await signer.sign(request);
  delete signed.headers['host'];
  return send(gateway.root, new URL(gateway.url).pathname + path, signed.headers, body);
}
