import type { Int64 } from '../proto/codec.ts';
import type { ExcludeList, PipelineId } from '../proto/hdds.ts';
import type { KeyLocation } from '../proto/om.ts';
import { pipelineName } from './ratis-group.ts';
import { ContainerFailure } from './write-failure.ts';

/** What has failed while a key was written. */
export class Exclusions {
  readonly #containers = new Map<string, Int64>();
  readonly #pipelines = new Map<string, PipelineId>();

  /**
   * By the rule of Ozone's own client: what a container refused is the container's fault, all else the pipeline's. A
   * pipeline where one container after the other refuses is at fault too.
   */
  blame({ blockID, pipeline }: KeyLocation, failure: unknown, isRepeated: boolean): void {
    const { containerID } = blockID.containerBlockID;
    const isContainers = failure instanceof ContainerFailure;
    if (isContainers) this.#containers.set(containerID.toString(), containerID);
    if (pipeline !== null && (!isContainers || isRepeated)) this.#pipelines.set(pipelineName(pipeline.id), pipeline.id);
  }

  has({ blockID, pipeline }: KeyLocation): boolean {
    if (this.#containers.has(blockID.containerBlockID.containerID.toString())) return true;
    return pipeline !== null && this.#pipelines.has(pipelineName(pipeline.id));
  }

  list(datanodes: readonly string[]): ExcludeList {
    return { datanodes, containerIds: [...this.#containers.values()], pipelineIds: [...this.#pipelines.values()] };
  }
}
