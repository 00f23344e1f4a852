import type { PeakFigures, Verification, VerifiedPeak } from '../../sizing/verify/verification.ts'

/** What load has shown, with the units in the names. */
export interface VerificationJson extends Omit<Verification, 'peaks'> {
  readonly peaks: readonly PeakJson[]
}

interface PeakJson extends Omit<VerifiedPeak, 'capacity' | 'load' | 'measured'> {
  readonly capacityRps: number
  readonly loadRps: number
  readonly measured: FiguresJson | null
}

interface FiguresJson extends Pick<PeakFigures, 'seconds' | 'statuses'> {
  readonly offeredRequests: number
  readonly offeredRps: number
  readonly goodRps: number
  readonly errorShare: number
  readonly p50Ms: number | null
  readonly p99Ms: number | null
  readonly inFlightAtEnd: number
}

export const verificationJson = ({ peaks, ...rest }: Verification): VerificationJson => ({
  ...rest,
  peaks: peaks.map(peakJson),
})

const peakJson = ({ capacity, load, measured, ...rest }: VerifiedPeak): PeakJson => ({
  ...rest,
  capacityRps: capacity,
  loadRps: load,
  measured: measured === null ? null : figuresJson(measured),
})

const figuresJson = (figures: PeakFigures): FiguresJson => {
  const { seconds, offered, good, errors, statuses, p50, p99, inFlight } = figures
  return {
    seconds,
    offeredRequests: offered,
    offeredRps: offered / seconds,
    goodRps: good / seconds,
    errorShare: offered === 0 ? 0 : errors / offered,
    statuses,
    p50Ms: inMs(p50),
    p99Ms: inMs(p99),
    inFlightAtEnd: inFlight,
  }
}

const inMs = (time: number | null): number | null => (time === null ? null : time * 1000)
