import type { LaunchOdds, SimulatedPeak, SizingOption } from '../../sizing/sizing-answer.ts'

/** An option as JSON has it, in an answer of `plimsoll size` and in a run's own report: the unit of a rate and of a time is in its name. */
export interface OptionJson extends Omit<SizingOption, 'originLoad' | 'meanWait' | 'odds' | 'simulated'> {
  readonly originLoadRps: number
  readonly meanWaitMs: number | null
  readonly odds: OddsJson | null
  readonly simulated: SimulatedJson | null
}

export interface OddsJson extends Omit<LaunchOdds, 'expectedFailed'> {
  readonly expectedFailedRequests: number
}

interface SimulatedJson extends Pick<SimulatedPeak, 'requests' | 'backends' | 'endings'> {
  readonly meanMs: EstimateJson | null
  readonly p50Ms: EstimateJson | null
  readonly p99Ms: EstimateJson | null
}

interface EstimateJson {
  readonly value: number
  readonly standardError: number
}

export const optionJson = ({
  originLoad,
  meanWait,
  odds,
  simulated,
  ...option
}: SizingOption): OptionJson => ({
  ...option,
  originLoadRps: originLoad,
  meanWaitMs: meanWait === null ? null : meanWait * 1000,
  odds: oddsJson(odds),
  simulated: simulated === null ? null : simulatedJson(simulated),
})

export const oddsJson = (odds: LaunchOdds | null): OddsJson | null =>
  odds === null
    ? null
    : {
        draws: odds.draws,
        holds: odds.holds,
        holdsAfterLoss: odds.holdsAfterLoss,
        keepsHeadroom: odds.keepsHeadroom,
        expectedFailedRequests: odds.expectedFailed,
      }

const simulatedJson = ({ requests, backends, mean, p50, p99, endings }: SimulatedPeak): SimulatedJson => ({
  requests,
  backends,
  meanMs: inMs(mean),
  p50Ms: inMs(p50),
  p99Ms: inMs(p99),
  endings,
})

const inMs = (estimate: SimulatedPeak['p99']): EstimateJson | null =>
  estimate === null ? null : { value: estimate.value * 1000, standardError: estimate.standardError * 1000 }
