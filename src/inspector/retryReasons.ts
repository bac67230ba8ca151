// Why a prompt was sent again, in the user's language.
import { l10n } from 'vscode';
import type { RetryReason } from '../core/model/attemptRecord';

export const retryReasonText: { readonly [A in RetryReason]: () => string } = {
  busy: () => l10n.t('The service was busy, so the prompt was sent again.'),
  offline: () => l10n.t('The network was unavailable for a moment, so the prompt was sent again.'),
  clock: () => l10n.t('The clock of this machine is wrong, so the prompt was signed again with AWS’s time.'),
  colonRewritten: () =>
    l10n.t('The gateway rewrites the model’s ID, so the prompt was signed again accordingly.'),
  credentialsRefreshed: () =>
    l10n.t('The credentials had expired, so the prompt was sent again with new ones.'),
  reasoningDropped: () =>
    l10n.t('The model did not accept its earlier thinking, so the prompt was sent again without it.'),
  cachePointsDropped: () =>
    l10n.t('The model did not allow prompt caching, so the prompt was sent again without it.'),
  streamDamaged: () =>
    l10n.t(
      'The gateway damaged the stream, so the prompt was sent again without streaming. Both attempts may be charged.',
    ),
};
