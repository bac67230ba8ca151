// Plays the gateway: its checks, its cache, its headers, and Bedrock behind it.
import { randomBytes, randomUUID } from 'node:crypto';
import { type Address, readAddress } from './address.js';
import { type Answer, page, rawAnswer, Refused } from './answer.js';
import { checkGatewayToken, storedKey } from './authenticate.js';
import { bedrock } from './bedrock.js';
import { behaviourOf } from './behaviours.js';
import { slotOf } from './cache.js';
import { refuseAtGateway } from './gatewayErrors.js';
import type { Fault } from './faults.js';
import type { Entry } from './log.js';
import type { Received } from './received.js';
import type { GatewayState } from './running.js';

export function answerTo(received: Received, entry: Entry, withoutFault: GatewayState): Answer {
  const fault = withoutFault.dealer?.faultFor(received);
  if (fault?.bytes !== undefined) throw new Refused(rawAnswer(fault.bytes));
  const running = fault ? withFault(withoutFault, fault) : withoutFault;
  const address = readAddress(received.url);
  if (!address) return withRay(page(404, 'text/plain', 'Not found', '404'));
  const { provider, region, model, operation } = address;
  running.log.changed(entry, { provider, region, model, operation });
  const played = behaviourOf(model, running)?.behaviour;
  // Servers before Cloudflare add none of Cloudflare's headers.
  if (played?.where === 'network') return played.answer();
  if (played?.where === 'edge') return withRay(played.answer());
  return withGatewayHeaders(checkedResponse(received, address, entry, running), received, entry, running);
}

function checkedResponse(received: Received, address: Address, entry: Entry, running: GatewayState): Answer {
  try {
    return responseFor(received, address, entry, running);
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

function responseFor(received: Received, address: Address, entry: Entry, running: GatewayState): Answer {
  const { options, switches, cache, log } = running;
  checkGateway(address, running);
  checkGatewayToken(received, options);
  if (address.provider !== 'aws-bedrock') refuseAtGateway(2008);
  if (address.region === undefined) return page(404, 'text/plain', 'Not found', '404');
  const alias = storedKey(received, options);
  const played = behaviourOf(address.model, running)?.behaviour;
  if (played?.where === 'gateway') return played.answer();
  // The region's host does not resolve.
  if (!regionExists(address.region, running)) return page(530, 'text/html', 'error code: 1016', '1016');
  const streaming = address.operation?.endsWith('stream') ?? false;
  const caches = !streaming || options.cacheStreams;
  const slot = caches ? slotOf(received, address, switches.cacheKeyIsAuthorization) : undefined;
  const forwardToBedrock = () => withDate(bedrock(received, address, alias, entry, running), running);
  if (!slot) return forwardToBedrock();
  const hit = cache.find(slot);
  log.changed(entry, { cache: hit ? 'HIT' : 'MISS' });
  return hit ?? cache.store(slot, forwardToBedrock());
}

/** The gateway with a fault, for one prompt. */
function withFault(running: GatewayState, { behaviour, switches, clockOffset = 0 }: Fault): GatewayState {
  const { options } = running;
  return {
    ...running,
    ...(behaviour && { behaviour }),
    switches: { ...running.switches, ...switches },
    options: { ...options, clock: () => options.clock() + clockOffset },
  };
}

/** Adds the date before the response is cached: a HIT repeats the old one, as the real gateway does. */
function withDate(answer: Answer, { options, switches }: GatewayState): Answer {
  const date = new Date(options.clock() + switches.dateOffset).toUTCString();
  return { ...answer, headers: { date, ...answer.headers } };
}

/** Adds the headers that the gateway sends with every response, its own and AWS's. */
function withGatewayHeaders(
  answer: Answer,
  { headers }: Received,
  entry: Entry,
  running: GatewayState,
): Answer {
  const own = {
    'cf-aig-event-id': headers['cf-aig-event-id'] ?? randomUUID(),
    'cf-aig-step': '0',
    ...(headers['cf-aig-collect-log'] !== 'false' && { 'cf-aig-log-id': logId() }),
    ...(entry.cache && { 'cf-aig-cache-status': entry.cache }),
  };
  const whole = withDate(answer, running);
  return withRay({ ...whole, headers: { ...whole.headers, ...own } });
}

const withRay = (answer: Answer): Answer => ({
  ...answer,
  headers: { server: 'cloudflare', 'cf-ray': `${randomBytes(8).toString('hex')}-LHR`, ...answer.headers },
});

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Looks like a real log ID, which is a ULID. */
const logId = () => `01${Array.from(randomBytes(24), (byte) => crockford[byte % 32]).join('')}`;

function checkGateway({ account, gateway }: Address, { options }: GatewayState): void {
  const custom = account === undefined;
  if (!custom && (account !== options.account || gateway !== options.gateway)) refuseAtGateway(2001);
}

const regionExists = (region: string, { options: { regions } }: GatewayState) =>
  regions.length ? regions.includes(region) : /^[a-z]{2}(-[a-z]+)+-\d$/.test(region);
