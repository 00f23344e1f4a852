import type { Checked } from '../units/problem.ts'
import { defaultsOf } from './lab-entry.ts'
import type { LabEntry, Values } from './lab-entry.ts'
import { blip } from './models/blip.ts'
import { bucket } from './models/bucket.ts'
import { d1 } from './models/d1.ts'
import { erlangLoss } from './models/erlang-loss.ts'
import { flaky } from './models/flaky.ts'
import { gc } from './models/gc.ts'
import { mm1 } from './models/mm1.ts'
import { mm1k } from './models/mm1k.ts'
import { mmc } from './models/mmc.ts'
import { pause } from './models/pause.ts'
import { retro } from './models/retro.ts'
import { route } from './models/route.ts'
import { step } from './models/step.ts'
import { storefront } from './models/storefront.ts'
import { timeout } from './models/timeout.ts'
import { wander } from './models/wander.ts'
import { warm } from './models/warm.ts'
import { nearestFix } from '../units/nearest.ts'
import { writeParameter } from './parameter-text.ts'
import { readSettings } from './settings.ts'
import { truthLines } from './truth-text.ts'

/** Every server of the lab. Adding one is adding a file under `models` and a name here. */
export const labCatalogue: readonly LabEntry[] = [
  storefront,
  d1,
  mm1,
  mm1k,
  mmc,
  erlangLoss,
  bucket,
  gc,
  timeout,
  flaky,
  route,
  blip,
  pause,
  retro,
  warm,
  step,
  wander,
]

export interface ChosenLab {
  readonly entry: LabEntry
  readonly values: Values
}

/** Looks a server up by name, whatever its case, and reads settings such as `rate=400`. */
export function chooseLab(name: string, settings: readonly string[] = []): Checked<ChosenLab> {
  const entry = labCatalogue.find(known => known.name === name.toUpperCase())
  if (entry === undefined) {
    const names = labCatalogue.map(known => known.name)
    return {
      ok: false,
      problems: [
        {
          code: 'lab/unknown-name',
          message: `there is no lab server ${JSON.stringify(name)}`,
          fix: nearestFix(name, names, 'choose one of'),
          at: { file: 'lab' },
        },
      ],
    }
  }
  const values = readSettings(entry, settings)
  return values.ok ? { ok: true, value: { entry, values: values.value } } : values
}

/** One server as lines for a terminal: what it is, what can be set, and what is true of it with these values. */
export function describeLab(entry: LabEntry, values: Values = defaultsOf(entry)): readonly string[] {
  const settings = Object.entries(entry.parameters).map(([name, { kind, meaning, value }]) => [
    `${name}=${writeParameter(kind, values[name] ?? value)}`,
    meaning,
  ])
  const width = Math.max(...settings.map(([setting = '']) => setting.length))
  return [
    `${entry.name}: ${entry.description}`,
    ...settings.map(([setting = '', meaning = '']) => `  ${setting.padEnd(width)}  ${meaning}`),
    ...truthLines(entry.truth(values)).map(line => `  ${line}`),
  ]
}
