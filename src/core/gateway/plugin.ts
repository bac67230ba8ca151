// The SDK's side of the gateway: two middlewares, thin on purpose. What they do is in pure functions beside.
// https://github.com/aws/aws-sdk-js-v3/blob/main/README.md#middleware-stack
import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-bedrock-runtime';
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import type { DeserializeMiddleware, FinalizeRequestMiddleware, Pluggable } from '@smithy/types';
import type { Clock } from '../ports';
import { type Answer, isPage, readAnswer } from './answer';
import type { Headers } from './headers';
import type { Address } from './address';
import { readdress } from './readdress';

export type Body = string | Uint8Array;

export interface GatewayPlugin {
  readonly address: Address;
  readonly region: string;
  /** All headers of the request that leaves, from the signed one's; told the body that it will carry. */
  readonly headers: (signed: Headers, body: Body) => Promise<Headers>;
  readonly clock: Pick<Clock, 'now' | 'every'>;
  /** Told of every answer; may throw, when the answer is none that the SDK should read. */
  readonly onAnswer: (answer: Answer, readBody: () => Promise<string>) => Promise<void> | void;
}

/** Sends each signed request to the gateway, and reports each answer before the SDK reads it. */
export function gatewayPlugin(options: GatewayPlugin): Pluggable<ServiceInputTypes, ServiceOutputTypes> {
  return {
    applyToStack(stack) {
      stack.addRelativeTo(readdressing(options), {
        name: 'gatewayReaddressing',
        // After signing, once per attempt: the signer works on a clone, so nothing here is done twice.
        relation: 'after',
        toMiddleware: 'httpSigningMiddleware',
        override: true,
      });
      stack.add(observing(options), {
        name: 'gatewayObserving',
        step: 'deserialize',
        // Innermost: sees the answer as it arrived, errors included.
        priority: 'low',
        override: true,
      });
    },
  };
}

function readdressing({
  address,
  region,
  headers,
}: GatewayPlugin): FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> {
  return (next) => async (args) => {
    if (!HttpRequest.isInstance(args.request)) return next(args);
    const signed = args.request;
    const request = HttpRequest.clone(signed);
    Object.assign(request, readdress(signed, address, region));
    request.headers = { ...(await headers(signed.headers, bodyOf(signed))) };
    return next({ ...args, request });
  };
}

function observing({
  clock,
  onAnswer,
}: GatewayPlugin): DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes> {
  return (next) => async (args) => {
    const result = await next(args);
    const response = result.response as HttpResponse;
    let body: string | undefined;
    const head = readAnswer(response.statusCode, response.headers, clock.now());
    const isReply = head.status < 300 && !isPage(head);
    const readBody = async () => {
      const stream = response.body as Arriving;
      body ??= await (isReply ? collect(stream) : collectError(stream, clock));
      return body;
    };
    // A success is the reply itself and is left to stream; anything else is short, and read here.
    await onAnswer(isReply ? head : { ...head, body: await readBody() }, readBody);
    if (body !== undefined) response.body = new TextEncoder().encode(body);
    return result;
  };
}

/** A request's body as the SDK serialises it; '' for none. */
export function bodyOf({ body }: { readonly body?: unknown }): Body {
  return typeof body === 'string' || body instanceof Uint8Array ? body : '';
}

/** A body as the handler gives it: one of Node's streams. */
export interface Arriving extends AsyncIterable<Uint8Array> {
  destroy?(): void;
}

async function collect(stream: Arriving): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** Characters of an error's body that are read; no gateway's or AWS's is as long. */
const longestError = 1_000_000;
/** How long its body is read, ms. */
const errorTime = 10_000;

/** What came of an error's body, which need not be whole: its status and headers say the most. Never rejects. */
export async function collectError(stream: Arriving, { every }: Pick<Clock, 'every'>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const stop = every(errorTime, () => stream.destroy?.());
  try {
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > longestError) break;
    }
  } catch {
    // Cut, or closed above.
  } finally {
    stop();
  }
  return text + decoder.decode();
}
