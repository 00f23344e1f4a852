import type { BackendLaw } from './backend-law.ts'
import { labRandom } from './lab-random.ts'
import { defineLab, onsets } from './lab-entry.ts'
import type { LabEntry } from './lab-entry.ts'
import { createMeasuredBackend, serviceScale } from './measured-backend.ts'
import { createPool } from './pool.ts'
import { rateText, timeText } from './truth-text.ts'

/** Backends as a run saw one of them, as a server of the lab: behind a gateway that gives each request to the next of them. */
export function measuredBackends(law: BackendLaw): LabEntry {
  const { backends, capacityRps, slots, mostWaitSeconds } = law
  const whole = backends * capacityRps
  const isBounded = mostWaitSeconds !== null
  return defineLab({
    name: 'MEASURED',
    description: `${backends} × ${rateText(capacityRps)}, each with ${slots} at a time, service times as they were measured × ${serviceScale(law).toPrecision(3)}`,
    parameters: {},
    create: (_, seed) =>
      createPool(
        Array.from({ length: backends }, (_none, i) => createMeasuredBackend(law, labRandom(seed, i))),
      ),
    truth: () => ({
      kneePerSecond: whole,
      saturationPerSecond: whole,
      onsetPerSecond: isBounded ? onsets({ 503: whole }) : onsets(),
      cause: isBounded ? 'overload' : 'none',
      label: isBounded
        ? `whoever would wait for more than ${timeText(mostWaitSeconds)} is turned away`
        : 'no gateway error at any load',
      notes: ['Slots with mean service time S carry slots/S.'],
    }),
  })
}

/** The same, each on its own. */
export const eachBackend = (law: BackendLaw): readonly LabEntry[] =>
  Array.from({ length: law.backends }, () => measuredBackends({ ...law, backends: 1 }))
