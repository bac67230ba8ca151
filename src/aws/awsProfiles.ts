// The way from the shell to the profiles of ~/.aws, whose chunk is loaded when one is used or picked.
import type { StepResult, Position } from '../ui/quickInput';
import type { Failure } from '../core/model/failure';
import { ProfileFailed } from '../core/model/errors';
import type { AwsCredentials, Log, ProfileCredentials, ProfileUse, Profiles } from '../core/model/ports';
import { abortable } from '../core/model/abortable';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type { Description } from './profileStore';
import type { FailureDetails } from '../core/model/failureDetails';
import { configuration, writeSetting } from '../settings';

export class AwsProfiles implements Profiles {
  private readonly load = lazy(async () => {
    const chunk = await loadPart(() => import('./profiles.chunk'));
    return { ...chunk, open: chunk.openAwsProfiles(this.log) };
  });

  constructor(private readonly log: Log) {}

  async credentials(use: ProfileUse, signal: AbortSignal): Promise<ProfileCredentials> {
    const { open } = await this.load().catch((cause: unknown) => {
      throw new ProfileFailed('partNotLoaded', { message: String(cause) }, { cause });
    });
    return open.credentials(use, signal);
  }

  forget(refused: AwsCredentials): void {
    // Where it cannot be loaded, it has given nothing that could be forgotten.
    this.load().then(
      ({ open }) => open.forget(refused),
      () => undefined,
    );
  }

  /** Who a profile is; undefined when there is none of that name. Rejects as soon as `signal` aborts. */
  describe(use: ProfileUse, signal: AbortSignal): Promise<Description | undefined> {
    return abortable(
      this.load().then(({ open }) => open.describe(use)),
      signal,
    );
  }

  async has(profile: string): Promise<boolean> {
    return (await (await this.load()).open.files()).profiles.has(profile);
  }

  /** Asks for one, and writes it down. */
  readonly pick = async (position: Position): Promise<StepResult<string>> => {
    const { open, pickProfile } = await this.load();
    // Also what cannot be used: choosing another is how that is mended.
    const current = configuration().get('aws.profile', '');
    const store = (profile: string) => writeSetting('aws.profile', profile);
    return pickProfile(position, await open.files(), current, store);
  };

  /** Opens a terminal in which the command stands that signs in. */
  async signIn({ kind, details }: Failure): Promise<void> {
    await (await this.load()).openSignIn(kind, details);
  }

  /** Shows what is to be mended after a failure: the profile's section, in the file in which it stands. */
  async openConfig(facts: FailureDetails = {}): Promise<void> {
    await (await this.load()).openConfig(facts);
  }
}
