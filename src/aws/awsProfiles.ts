// The profiles of ~/.aws for the rest of the extension. Loads the chunk when a profile is used or picked.
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
    // If the chunk cannot be loaded, it has not resolved any credentials.
    this.load().then(
      ({ open }) => open.forget(refused),
      () => undefined,
    );
  }

  /** Describes a profile; undefined if it does not exist. Rejects as soon as `signal` aborts. */
  describe(use: ProfileUse, signal: AbortSignal): Promise<Description | undefined> {
    return abortable(
      this.load().then(({ open }) => open.describe(use)),
      signal,
    );
  }

  async has(profile: string): Promise<boolean> {
    return (await (await this.load()).open.files()).profiles.has(profile);
  }

  /** Lets the user pick a profile, and writes it to the settings. */
  readonly pick = async (position: Position): Promise<StepResult<string>> => {
    const { open, pickProfile } = await this.load();
    // Read without validation: an invalid value is fixed by choosing another profile.
    const current = configuration().get('aws.profile', '');
    const store = (profile: string) => writeSetting('aws.profile', profile);
    return pickProfile(position, await open.files(), current, store);
  };

  /** Opens a terminal with the sign-in command typed. */
  async signIn({ kind, details }: Failure): Promise<void> {
    await (await this.load()).openSignIn(kind, details);
  }

  /** Shows the section of the failed profile in the file that configures it. */
  async openConfig(details: FailureDetails = {}): Promise<void> {
    await (await this.load()).openConfig(details);
  }
}
