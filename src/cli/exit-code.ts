/** What the process ends with. Printed in `--help` and in the README; scripts and CI rely on the numbers. */
export const EXIT = {
  passed: 0,
  internalError: 1,
  usage: 2,
  inconclusive: 3,
  failed: 99,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export const EXIT_CODE_TABLE = `Exit codes:
    0  passed          done; every promise held
    1  internal error  our fault; prints what to report
    2  usage           wrong flag, file or scenario; nothing was sent
    3  inconclusive    the run cannot be trusted or does not decide
   99  failed          a promise or a gate's rule did not hold, a regression
                       was found, or size knows nothing that holds
  130  interrupted     SIGINT (143: SIGTERM); the report is still written`
