import type { PromiseVerdict } from '../../verdict/verdict.ts'
import type { Report } from '../report.ts'
import type { PromiseView, Statement } from '../view.ts'
import { sentence } from './sentence.ts'

export function viewPromises({ promises }: Pick<Report, 'promises'>): readonly PromiseView[] {
  return promises.map(promise => ({
    text: promise.text,
    held: wordHeld(promise),
    measured: promise.measured,
    because: sentence(promise.because),
  }))
}

function wordHeld({ held }: PromiseVerdict): Statement {
  if (held === null) return { text: 'cannot tell', tone: 'unsure' }
  return held ? { text: 'held', tone: 'good' } : { text: 'broken', tone: 'bad' }
}
