// The central idea: a request is signed for AWS, and only then sent to the gateway instead. AWS rejects a signature for
// the gateway's address, and does not notice that the request took another route.
import type { Address } from '../model/request';

/** The address in an HTTP request. */
export interface Addressed {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
}

/** The host that a request for `region` is signed for. */
export function awsHost(region: string): string {
  return `bedrock-runtime.${region}.amazonaws.com`;
}

/** The SDK signed for another host: because of an endpoint in the environment, or a bug. */
export class NotSignedForAws extends Error {
  override readonly name = 'NotSignedForAws';
  constructor(readonly hostname: string) {
    super(`The request was signed for ${hostname}, which is not Bedrock's host in this region`);
  }
}

/**
 * The address to which a request that was signed for AWS is sent, through the gateway at `to`:
 * `https://bedrock-runtime.{region}.amazonaws.com/model/…` becomes `{to}/aws-bedrock/bedrock-runtime/{region}/model/…`.
 * The signed path stays unchanged, byte for byte.
 *
 * @throws NotSignedForAws if `signed` names any other host: its signature must not be sent.
 */
export function readdress(signed: Addressed, to: Address, region: string): Required<Addressed> {
  if (signed.hostname !== awsHost(region)) throw new NotSignedForAws(signed.hostname);
  return {
    protocol: to.protocol,
    hostname: to.hostname,
    port: to.port,
    path: `${to.path}/aws-bedrock/bedrock-runtime/${region}${signed.path}`,
  };
}
