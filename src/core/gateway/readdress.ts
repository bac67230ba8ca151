// The heart of it: a request is signed for AWS, and only then sent to the gateway instead. Signing the
// gateway's own address is what AWS rejects; AWS never learns that the request travelled another way.
import type { Address } from '../model/request';

/** The parts of an HTTP request that say where it goes. */
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

/** Something made the SDK sign for another host: an endpoint from the environment, or a mistake of ours. */
export class NotSignedForAws extends Error {
  override readonly name = 'NotSignedForAws';
  constructor(readonly hostname: string) {
    super(`The request was signed for ${hostname}, which is not Bedrock's host in this region`);
  }
}

/**
 * Where a request signed for AWS goes so that it arrives through the gateway at `to`:
 * `https://bedrock-runtime.{region}.amazonaws.com/model/…` becomes
 * `{to}/aws-bedrock/bedrock-runtime/{region}/model/…`. The signed path stays as it is, byte for byte.
 *
 * @throws NotSignedForAws when `signed` names any other host: better no request than one whose signature
 * is for somebody else.
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
