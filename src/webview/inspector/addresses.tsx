// Shows the two addresses of a request: the path was signed for one host and sent to another.
import type { Addresses as AddressesView, AttemptView, CopyTarget } from '../../protocol/attempt';
import type { PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';
import { fill } from '../kit/format';

interface AddressesProps {
  readonly addresses: AddressesView;
  readonly strings: PanelStrings;
  readonly copy: (what: CopyTarget, from: HTMLElement) => void;
}

export function SignedAndSent({ addresses, strings, copy }: AddressesProps) {
  const { covers } = addresses;
  return (
    <>
      <div class="addresses">
        <Address what="signed" addresses={addresses} strings={strings} copy={copy} />
        <Address what="sent" addresses={addresses} strings={strings} copy={copy} />
      </div>
      {covers && <p class="quietly">{covers}</p>}
    </>
  );
}

function Address({
  what,
  addresses: { method, end, [what]: address },
  strings,
  copy,
}: AddressesProps & { readonly what: 'signed' | 'sent' }) {
  const { title, beginning } = address;
  return (
    <div class="address">
      <div class="heading">
        <h4>{title}</h4>
        <Button onClick={(from) => copy(what, from)} name={fill(strings.copyNamed, title)}>
          {strings.copy}
        </Button>
      </div>
      <div class="beginning" dir="ltr">
        <span class="method">{method}</span> <Breakable text={beginning} />
      </div>
      <div class="end" dir="ltr" title={strings.sameInBoth}>
        <Breakable text={end} />
      </div>
      <div class="same">{strings.sameInBoth}</div>
    </div>
  );
}

/** The lines that AWS received differently from what was signed, one below the other. */
export function Differences({
  differing,
  strings,
}: {
  readonly differing: AttemptView['differing'];
  readonly strings: PanelStrings;
}) {
  return (
    <>
      <h4>{strings.differing}</h4>
      {differing.map(({ name, signed, received }) => (
        <dl class="pairs differing" dir="ltr">
          <div>
            <dt>{`${strings.signedAs} · ${name}`}</dt>
            <dd>{signed}</dd>
          </div>
          <div>
            <dt>{`${strings.receivedAs} · ${name}`}</dt>
            <dd>{received}</dd>
          </div>
        </dl>
      ))}
    </>
  );
}

/** Allows line breaks after each `/`, so that both addresses break at the same places. */
function Breakable({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(?<=\/)(?=[^/])/).map((part) => (
        <>
          {part}
          <wbr />
        </>
      ))}
    </>
  );
}
