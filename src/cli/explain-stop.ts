import type { Result } from '../result/result.ts'
import { formatDuration } from '../units/format.ts'

type Stopped = Extract<Result['ended'], { how: 'stopped' }>

/** What to look at first, by the failure that ended the trial. */
const NEXT: Readonly<Record<string, string>> = {
  refused: 'is the server running, and does it listen on that address and port?',
  reset: 'something on the way ends connections: a firewall, a proxy, or TLS where plain HTTP was meant',
  'closed-early': 'the server hangs up without an answer; does it speak HTTP on that port?',
  unreachable: 'is the address right, and is there a route or a VPN to it?',
  'timed-out': 'a firewall that drops packets looks like this; try curl from this machine',
  dns: 'is the name spelt right, and does this machine resolve it (getent hosts NAME)?',
  tls: 'look at the certificate and the versions: openssl s_client -connect HOST:PORT',
  'invalid-response': 'what answers there does not speak HTTP/1.1; look at it with curl -v',
}

/** A trial that ended itself, in two or three lines: what happened, when, what to check next. */
export function explainStop({ reason, failure, at }: Stopped): string {
  const when = at === 0 ? 'before anything was sent' : `after ${formatDuration(at)}`
  const next = NEXT[failure]
  return `The run stopped ${when}: ${reason}\n${next === undefined ? '' : `Check next: ${next}\n`}`
}
