// The heart of it, to be seen: one path, signed for one host and sent to another.
import type { Addresses as AddressesView, AttemptView, CopyTarget, PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';
import { filled } from '../kit/format';

interface AddressesProps {
  readonly addresses: AddressesView;
  readonly words: PanelStrings;
  readonly copy: (what: CopyTarget, from: HTMLElement) => void;
}

export function SignedAndSent({ addresses, words, copy }: AddressesProps) {
  const { covers } = addresses;
  return (
    <>
      <div class="addresses">
        <Address what="signed" addresses={addresses} words={words} copy={copy} />
        <Address what="sent" addresses={addresses} words={words} copy={copy} />
      </div>
      {covers && <p class="quietly">{covers}</p>}
    </>
  );
}

function Address({
  what,
  addresses: { method, end, [what]: address },
  words,
  copy,
}: AddressesProps & { readonly what: 'signed' | 'sent' }) {
  const { title, beginning } = address;
  return (
    <div class="address">
      <div class="heading">
        <h4>{title}</h4>
        <Button onPress={(from) => copy(what, from)} name={filled(words.copyNamed, title)}>
          {words.copy}
        </Button>
      </div>
      <div class="beginning" dir="ltr">
        <span class="method">{method}</span> <Breakable text={beginning} />
      </div>
      <div class="end" dir="ltr" title={words.sameInBoth}>
        <Breakable text={end} />
      </div>
      <div class="same">{words.sameInBoth}</div>
    </div>
  );
}

/** What AWS saw otherwise than it was signed, line below line, so that what differs stands one above the other. */
export function Differences({
  differing,
  words,
}: {
  readonly differing: AttemptView['differing'];
  readonly words: PanelStrings;
}) {
  return (
    <>
      <h4>{words.differing}</h4>
      {differing.map(({ name, signed, received }) => (
        <dl class="pairs differing" dir="ltr">
          <div>
            <dt>{`${words.signedAs} · ${name}`}</dt>
            <dd>{signed}</dd>
          </div>
          <div>
            <dt>{`${words.receivedAs} · ${name}`}</dt>
            <dd>{received}</dd>
          </div>
        </dl>
      ))}
    </>
  );
}

/** Lines may end after a `/`, so that both addresses break at the same places. */
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
