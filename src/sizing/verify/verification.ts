import type { SizingOption } from '../sizing-answer.ts'

/** Whether a peak is held. `cannot-tell`: a run of that length cannot show it, or did not. */
export type Holding = 'yes' | 'no' | 'cannot-tell'

/**
 * - `recommended`: as many as sizing says.
 * - `one-fewer`: one less than that.
 * - `too-few`: the most that cannot hold the peak, where one less still can because of the room to spare.
 */
export type SettingRole = 'recommended' | 'one-fewer' | 'too-few'

/** A number of backends that the peak is sent to. Rates in 1/s. */
export interface PeakSetting {
  readonly role: SettingRole
  /** That are bought. */
  readonly bought: number
  /** That are built: those that may be lost at the peak are. */
  readonly backends: number
  /** X: what these carry, by the lower end of the measured capacity. They are built to carry exactly that. */
  readonly capacity: number
  readonly load: number
  /** By that capacity. */
  readonly expected: Holding
}

/** What a run showed while the peak lasted. Rates in 1/s, times in s, shares 0 to 1. */
export interface PeakFigures {
  readonly seconds: number
  readonly offered: number
  /** Good answers that came meanwhile, whenever they were asked for. */
  readonly good: number
  /** Of the requests that were asked for meanwhile: those that ended badly. */
  readonly errors: number
  readonly statuses: Readonly<Record<'502' | '503' | '504', number>>
  /** Of good answers; null without any. */
  readonly p50: number | null
  readonly p99: number | null
  /** Requests that had not ended yet when the peak did. */
  readonly inFlight: number
}

export interface VerifiedPeak extends PeakSetting {
  /** Null where no run can be believed. */
  readonly measured: PeakFigures | null
  readonly holds: Holding
  readonly because: string
  /** Runs that it took. */
  readonly runs: number
  /** Of the last of them. */
  readonly report: string | null
}

/** The recommendation put to the proof: `agrees`, every setting did as sizing says. */
export interface Verification {
  readonly verdict: 'agrees' | 'disagrees' | 'cannot-tell'
  readonly because: string
  /** That was built; null where none could be. */
  readonly option: SizingOption['name'] | null
  /** The program before the backends, e.g. `HAProxy`; null: the lab gives requests to them in turn. */
  readonly gateway: string | null
  /** One backend with its share of the peak stands for all. */
  readonly scaled: boolean
  /** What was built, and what it takes for granted. */
  readonly built: readonly string[]
  readonly peaks: readonly VerifiedPeak[]
}
