import { CopyObjectCommand } from '@aws-sdk/client-s3';
import { defineTable } from '../../engine/define-case.ts';
import { expectHonouredOrRefused } from '../../fixtures/lacked-feature.ts';

defineTable(['COPY', 'EXCLUDE'] as const, (AnnotationDirective) => ({
  id: `CopyObject.annotation-directive.${AnnotationDirective.toLowerCase()}`,
  title: `annotations are dealt with as asked (${AnnotationDirective}), or the copy is refused`,
  operation: 'CopyObject',
  feature: 'header-refusal',
  level: 'optional',
  severity: 'minor',
  reference: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html',
  run: async (t) => {
    const bucket = await t.bucket();
    await t.put(bucket, 'k', 'v');
    const input = { Bucket: bucket, Key: 'target', CopySource: `${bucket}/k`, AnnotationDirective };
    const copy = await t.subject(new CopyObjectCommand(input));
    await expectHonouredOrRefused(t, copy, {
      honoured: () => t.expectObject(bucket, 'target', 'v'),
      unchanged: () => t.expectAbsent(bucket, 'target'),
    });
  },
}));
