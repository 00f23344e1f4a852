/** What a run must not take for its own: the suite itself may run in GitHub Actions, where a run tells GitHub of itself. */
export const OFF_GITHUB: Readonly<Record<string, string>> = {
  GITHUB_ACTIONS: '',
  GITHUB_OUTPUT: '',
  GITHUB_STEP_SUMMARY: '',
}
