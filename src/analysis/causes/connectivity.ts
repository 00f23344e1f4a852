import type { FailureCause } from '../../result/outcome.ts'
import { formatShare } from '../../units/format.ts'
import { lowLoad } from '../baseline.ts'
import { levelOf } from '../levels.ts'
import { countWhere } from '../window-record.ts'
import type { Rule } from './rule.ts'

const NEXT: Readonly<Partial<Record<FailureCause, string>>> = {
  refused: 'check that the server runs and listens on this address and port',
  dns: 'check the spelling of the host name, and the resolver of this machine',
  unreachable: 'check routes and firewalls between this machine and the target',
  tls: 'check the certificate and that the port speaks TLS, e.g. with openssl s_client',
  'connect-failed': 'check that a connection can be made at all, e.g. with curl -v',
}
const CAUSES = Object.keys(NEXT) as FailureCause[]
const WORTH_NAMING = 0.02

export const connectivity: Rule = {
  cause: 'connectivity',
  asks: 'Can the target be reached at all, whatever the load?',
  judge({ measured, result: { ended, run } }) {
    const evidence = run.connectedTo === '' ? [] : [`connected to ${run.connectedTo}`]
    const stopped = ended.how === 'stopped' ? CAUSES.find(cause => cause === ended.failure) : undefined
    if (ended.how === 'stopped' && stopped !== undefined)
      return {
        certainty: 0.98,
        claim: `The trial ended itself because ${REASON[stopped]}.`,
        evidence: [ended.reason, ...evidence],
        next: NEXT[stopped]!,
      }
    const low = lowLoad(measured.map(levelOf)).flatMap(({ series }) => series)
    const offered = countWhere(low, () => true)
    const counts = CAUSES.map(cause => ({
      cause,
      count: countWhere(low, ({ outcome }) => outcome.kind === 'failed' && outcome.cause === cause),
    }))
    const { cause, count } = counts.toSorted((a, b) => b.count - a.count)[0]!
    const share = offered === 0 ? 0 : count / offered
    if (share < WORTH_NAMING) return undefined
    return {
      certainty: share > 0.9 ? 0.98 : 0.7,
      claim: `${formatShare(share)} of the requests failed at the lowest load because ${REASON[cause]}.`,
      evidence: [`${count} of ${offered} requests at the lowest load: ${cause}`, ...evidence],
      next: NEXT[cause]!,
    }
  },
}

const REASON: Readonly<Partial<Record<FailureCause, string>>> = {
  refused: 'the connection was refused',
  dns: 'the name could not be resolved',
  unreachable: 'the target could not be reached',
  tls: 'the TLS handshake failed',
  'connect-failed': 'no connection could be made',
}
