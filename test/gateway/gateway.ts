// The gateway itself: its checks, its cache, its headers, and Bedrock behind it.
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
import type { Running } from './running.js';

export function answerTo(received: Received, entry: Entry, healthy: Running): Answer {
  const fault = healthy.dealer?.dealTo(received);
  if (fault?.bytes !== undefined) throw new Refused(rawAnswer(fault.bytes));
  const running = fault ? befallen(healthy, fault) : healthy;
  const address = readAddress(received.url);
  if (!address) return withRay(page(404, 'text/plain', 'Not found', '404'));
  const { provider, region, model, operation } = address;
  running.log.changed(entry, { provider, region, model, operation });
  const played = behaviourOf(model, running)?.behaviour;
  // What stands before Cloudflare puts none of Cloudflare's headers on.
  if (played?.where === 'network') return played.answer();
  if (played?.where === 'edge') return withRay(played.answer());
  return dressed(checked(received, address, entry, running), received, entry, running);
}

function checked(received: Received, address: Address, entry: Entry, running: Running): Answer {
  try {
    return passed(received, address, entry, running);
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

function passed(received: Received, address: Address, entry: Entry, running: Running): Answer {
  const { options, switches, cache, log } = running;
  checkGateway(address, running);
  checkGatewayToken(received, options);
  if (address.provider !== 'aws-bedrock') refuseAtGateway(2008);
  if (address.region === undefined) return page(404, 'text/plain', 'Not found', '404');
  const alias = storedKey(received, options);
  const played = behaviourOf(address.model, running)?.behaviour;
  if (played?.where === 'gateway') return played.answer();
  // A host that does not resolve.
  if (!regionExists(address.region, running)) return page(530, 'text/html', 'error code: 1016', '1016');
  const streaming = address.operation?.endsWith('stream') ?? false;
  const caches = !streaming || options.cacheStreams;
  const slot = caches ? slotOf(received, address, switches.cacheKeyIsAuthorization) : undefined;
  const ask = () => dated(bedrock(received, address, alias, entry, running), running);
  if (!slot) return ask();
  const hit = cache.find(slot);
  log.changed(entry, { cache: hit ? 'HIT' : 'MISS' });
  return hit ?? cache.keeping(slot, ask());
}

/** The same gateway, as it is for a prompt that something befalls. */
function befallen(running: Running, { behaviour, switches, clockOffset = 0 }: Fault): Running {
  const { options } = running;
  return {
    ...running,
    ...(behaviour && { behaviour }),
    switches: { ...running.switches, ...switches },
    options: { ...options, clock: () => options.clock() + clockOffset },
  };
}

/** The date is put on before the cache keeps an answer: a HIT replays the old one, as the real gateway does. */
function dated(answer: Answer, { options, switches }: Running): Answer {
  const date = new Date(options.clock() + switches.dateOffset).toUTCString();
  return { ...answer, headers: { date, ...answer.headers } };
}

/** With the headers that the gateway puts on every answer, its own and AWS's. */
function dressed(answer: Answer, { headers }: Received, entry: Entry, running: Running): Answer {
  const own = {
    'cf-aig-event-id': headers['cf-aig-event-id'] ?? randomUUID(),
    'cf-aig-step': '0',
    ...(headers['cf-aig-collect-log'] !== 'false' && { 'cf-aig-log-id': logId() }),
    ...(entry.cache && { 'cf-aig-cache-status': entry.cache }),
  };
  const whole = dated(answer, running);
  return withRay({ ...whole, headers: { ...whole.headers, ...own } });
}

const withRay = (answer: Answer): Answer => ({
  ...answer,
  headers: { server: 'cloudflare', 'cf-ray': `${randomBytes(8).toString('hex')}-LHR`, ...answer.headers },
});

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Looks like the real ones, which are ULIDs. */
const logId = () => `01${Array.from(randomBytes(24), (byte) => crockford[byte % 32]).join('')}`;

function checkGateway({ account, gateway }: Address, { options }: Running): void {
  const custom = account === undefined;
  if (!custom && (account !== options.account || gateway !== options.gateway)) refuseAtGateway(2001);
}

const regionExists = (region: string, { options: { regions } }: Running) =>
  regions.length ? regions.includes(region) : /^[a-z]{2}(-[a-z]+)+-\d$/.test(region);
