import { defineConfig } from 'vitest/config'

const shared = {
  testTimeout: 60_000,
  hookTimeout: 900_000,
  setupFiles: ['./test/support/plain-environment.ts'],
}

export default defineConfig({
  test: {
    globalSetup: ['./test/support/install-programs.ts'],
    reporters: ['default', './test/support/count-reporter.ts'],
    // The lab's hosts need the machine to themselves, so it comes after all else.
    projects: [
      {
        test: {
          ...shared,
          name: 'fleetdx',
          include: ['test/**/*.test.ts'],
          exclude: ['test/lab/**'],
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...shared, name: 'lab', include: ['test/lab/**/*.test.ts'], sequence: { groupOrder: 1 } } },
    ],
  },
})
