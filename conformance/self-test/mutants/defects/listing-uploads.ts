import type { DefectClass } from '../mutant.ts';
import { inXml, misanswered, overlooked } from '../building-blocks.ts';

export const listingUploads: DefectClass = {
  title: 'listings of uploads and parts',
  mutants: [
    {
      name: 'parameters-of-uploads-not-repeated',
      defect: 'ListMultipartUploads and ListParts do not say what they were asked for',
      caughtBy: 'ListMultipartUploads.parameters.repeated',
      alsoRun: ['ListParts.parameters.repeated'],
      around: misanswered(
        ['ListMultipartUploads', 'ListParts'],
        inXml(/<(Prefix|Delimiter|MaxUploads|MaxParts|EncodingType|PartNumberMarker)>[^<]*<\/\1>/g, ''),
      ),
    },
    {
      name: 'max-parts-ignored',
      defect: 'ListParts ignores max-parts',
      caughtBy: 'ListParts.pages.first-page',
      around: overlooked('ListParts', 'max-parts'),
    },
    {
      name: 'part-number-marker-ignored',
      defect: 'ListParts ignores part-number-marker',
      caughtBy: 'ListParts.pages.second-page',
      around: overlooked('ListParts', 'part-number-marker'),
    },
    {
      name: 'parts-without-size',
      defect: 'ListParts gives no sizes',
      caughtBy: 'ListParts.some-parts.described',
      around: misanswered('ListParts', inXml(/<Size>\d+<\/Size>/g, '')),
    },
    {
      name: 'uploads-not-listed',
      defect: 'ListMultipartUploads lists nothing',
      caughtBy: 'ListMultipartUploads.some-uploads.described',
      around: misanswered('ListMultipartUploads', inXml(/<Upload>.*<\/Upload>/s, '')),
    },
    ...(
      [
        ['prefix', 'prefix'],
        ['delimiter', 'delimiter'],
        ['key-marker', 'key-marker'],
      ] as const
    ).map(([parameter, window]) => ({
      name: `${parameter}-of-uploads-ignored`,
      defect: `ListMultipartUploads ignores ${parameter}`,
      caughtBy: `ListMultipartUploads.window.${window}`,
      around: overlooked('ListMultipartUploads', parameter),
    })),
    {
      name: 'upload-id-marker-ignored',
      defect: 'ListMultipartUploads ignores upload-id-marker',
      caughtBy: 'ListMultipartUploads.pages.walked',
      alsoRun: ['ListMultipartUploads'],
      around: overlooked('ListMultipartUploads', 'upload-id-marker'),
    },
  ],
};
