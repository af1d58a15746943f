import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getContainerRuntimeClient, ImageName, type ContainerRuntimeClient } from 'testcontainers';

export type Engine = ContainerRuntimeClient;

const versionFile = join(import.meta.dirname, '../../../scripts/ozone-image/ozone-version');

export function ozoneVersion(): string {
  return readFileSync(versionFile, 'utf8').trim();
}

/** The image's name that OZONE_IMAGE or else the public default gives. */
export function ozoneImage(): string {
  return process.env.OZONE_IMAGE ?? `apache/ozone:${ozoneVersion()}`;
}

/** @throws Error that says what to do when no engine answers, or when it does not have the image */
export async function engineWith(image: string): Promise<Engine> {
  const engine = await anyEngine();
  if (!(await engine.image.exists(ImageName.fromString(image)))) {
    throw new Error(`the container engine does not have the image ${image}; next: npm run ozone:image`);
  }
  return engine;
}

/** @throws Error that says what to do when no engine answers */
export async function anyEngine(): Promise<Engine> {
  try {
    return await getContainerRuntimeClient();
  } catch (error) {
    throw new Error('no container engine answers; next: start one (on Debian: apt-get install docker.io; dockerd)', {
      cause: error,
    });
  }
}
