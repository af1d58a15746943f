/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/conformance/dist'],
} satisfies Config['projects'] extends (infer P)[] | undefined ? Exclude<P, string> : never;

/** Tests that need a running Ozone, whose site file is in the folder that OZONE_CONF_DIR names. */
const onCluster = '\\.cluster\\.test\\.ts$';

/** The suite's tests that need the built gateway. */
const onBuiltGateway = [
  '<rootDir>/conformance/conformance.test.ts',
  '<rootDir>/conformance/self-test/mutants/mutants.test.ts',
];

/** Too long for each change: parts of `npm run verify`. */
const verifiedOnOzone = ['conformance/reference.cluster.test.ts', 'test/ozone/memory.cluster.test.ts'];

const config: Config = {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/conformance/**/*.test.ts', '<rootDir>/scripts/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...onBuiltGateway, onCluster],
    },
    { ...shared, displayName: 'conformance', testMatch: onBuiltGateway },
    {
      ...shared,
      displayName: 'system',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', onCluster],
    },
    {
      ...shared,
      displayName: 'cluster',
      testMatch: ['src', 'conformance', 'test'].map((folder) => `<rootDir>/${folder}/**/*.cluster.test.ts`),
      testPathIgnorePatterns: ['/node_modules/', ...verifiedOnOzone],
    },
    {
      ...shared,
      displayName: 'verified-on-ozone',
      testMatch: verifiedOnOzone.map((file) => `<rootDir>/${file}`),
    },
  ],
};

export default config;
