import type { Report } from '../report.ts'
import type { TrustView } from '../view.ts'
import { sentence } from './sentence.ts'

export function viewTrust({ trust }: Pick<Report, 'trust'>): TrustView {
  return {
    ok: trust.ok,
    tone: trust.ok ? 'good' : 'unsure',
    text: trust.ok ? 'These numbers can be believed.' : 'These numbers cannot be believed.',
    reasons: trust.reasons.map(sentence),
    furtherReasons: trust.reasons.slice(1).map(sentence),
    notes: trust.notes.map(sentence),
  }
}
