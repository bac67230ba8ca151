// The details of an attempt, shown under a reply and beside the live log.
import type { ComponentChildren } from 'preact';
import type { AttemptView, CopyTarget } from '../../protocol/attempt';
import type { PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';
import { fill } from '../kit/format';
import { Differences, SignedAndSent } from './addresses';

interface AttemptProps {
  readonly attempt: AttemptView;
  readonly strings: PanelStrings;
  readonly copy: (what: CopyTarget, from: HTMLElement) => void;
}

export function Attempt({ attempt, strings, copy }: AttemptProps) {
  const { title, notes, addresses, differing, requestIds, request, response, copies } = attempt;
  const headers = [request, response].filter((each) => each !== undefined);
  return (
    <div class="attempt">
      <h3>{title}</h3>
      {notes.map((note) => (
        <p class="quietly">{note}</p>
      ))}
      {addresses && <SignedAndSent addresses={addresses} strings={strings} copy={copy} />}
      {differing.length > 0 && <Differences differing={differing} strings={strings} />}
      <Times spans={attempt.spans} strings={strings} />
      {requestIds.length > 0 && (
        <>
          <h4>{strings.requestIds}</h4>
          <dl class="pairs">
            {requestIds.map((requestId) => (
              <RequestId requestId={requestId} strings={strings} copy={copy} />
            ))}
          </dl>
        </>
      )}
      {headers.map(({ title: heading, rows }) => (
        <>
          <h4>{heading}</h4>
          <dl class="pairs" dir="ltr">
            {rows.map(({ name, value }) => (
              <Pair name={name}>{value}</Pair>
            ))}
          </dl>
        </>
      ))}
      {copies.length > 0 && (
        <div class="actions">
          {copies.map(({ label, copy: what }) => (
            <Button kind="secondary" onClick={(from) => copy(what, from)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function Times({ spans, strings }: Pick<AttemptView, 'spans'> & Pick<AttemptProps, 'strings'>) {
  return (
    <>
      <h4>{strings.times}</h4>
      <ul class="waterfall">
        {spans.map(({ kind, name, time, detail, from, to }) => (
          <li>
            <span class="name">{name}</span>
            <span class="track" aria-hidden="true" dir="ltr">
              {/* Custom properties for values that CSS draws; the page's policy blocks style attributes. */}
              <span class={`span ${kind}`} style={{ '--from': from, '--to': to }} />
            </span>
            <span class="time">{time}</span>
            {detail && <span class="detail">{detail}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function RequestId({
  requestId: { name, value, copy: what },
  strings,
  copy,
}: Omit<AttemptProps, 'attempt'> & { readonly requestId: AttemptView['requestIds'][number] }) {
  const title = fill(strings.copyNamed, name);
  return (
    <Pair name={name}>
      <Button kind="fact" onClick={(from) => copy(what, from)} name={`${title}: ${value}`} title={title}>
        {value}
      </Button>
    </Pair>
  );
}

function Pair({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
