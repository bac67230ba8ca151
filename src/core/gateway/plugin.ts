// Connects the gateway to the SDK with two thin middlewares. Their logic is in pure functions in this folder.
// https://github.com/aws/aws-sdk-js-v3/blob/main/README.md#middleware-stack
import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-bedrock-runtime';
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import type { DeserializeMiddleware, FinalizeRequestMiddleware, Pluggable } from '@smithy/types';
import type { Clock, Ports } from '../model/ports';
import { Refused } from '../model/errors';
import { type ResponseHead, isPage, parseResponse } from './response';
import { type Arriving, withErrorBody } from './body';
import type { Address } from '../model/request';
import type { Headers } from './headers';
import { readdress } from './readdress';

export type Body = string | Uint8Array;

export interface GatewayPlugin {
  readonly address: Address;
  readonly region: string;
  /** Returns all headers to send, from those of the signed request and its body. */
  readonly headers: (signed: Headers, body: Body) => Promise<Headers>;
  readonly clock: Pick<Clock, 'now' | 'every'>;
  readonly unpack?: Ports['unpack'];
  /**
   * Called for every response. For a success, returns the body for the SDK to read; throws if the SDK must not read it.
   */
  readonly onResponse: (response: ResponseHead, body: Arriving) => Promise<AsyncIterable<Uint8Array>>;
}

/** Sends each signed request to the gateway, and reports each response before the SDK reads it. */
export function gatewayPlugin(options: GatewayPlugin): Pluggable<ServiceInputTypes, ServiceOutputTypes> {
  return {
    applyToStack(stack) {
      stack.addRelativeTo(readdresser(options), {
        name: 'gatewayReaddressing',
        // After signing, once per attempt. The signer works on a clone, so nothing is changed twice.
        relation: 'after',
        toMiddleware: 'httpSigningMiddleware',
        override: true,
      });
      stack.add(observer(options), {
        name: 'gatewayObserving',
        step: 'deserialize',
        // Innermost, to see the response as it arrived, including errors.
        priority: 'low',
        override: true,
      });
    },
  };
}

function readdresser({
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

function observer({
  clock,
  unpack,
  onResponse,
}: GatewayPlugin): DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes> {
  return (next) => async (args) => {
    const result = await next(args);
    const response = result.response as HttpResponse;
    const { statusCode, headers } = response;
    const head = parseResponse(statusCode, headers, clock.now());
    const body = response.body as Arriving;
    // A success is the reply itself. Any other response is short, and is read here.
    const isReply = statusCode < 300 && !isPage(head);
    const complete = isReply ? head : await withErrorBody(head, body, { clock, ...(unpack && { unpack }) });
    const read = await onResponse(complete, body);
    if (!isReply) throw new Refused();
    response.body = read;
    return result;
  };
}

/** A request's body as the SDK serializes it; '' for none. */
export function bodyOf({ body }: { readonly body?: unknown }): Body {
  return typeof body === 'string' || body instanceof Uint8Array ? body : '';
}
