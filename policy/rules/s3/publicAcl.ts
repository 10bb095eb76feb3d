import { resourceRule } from "../../lib/rule";

const PUBLIC = /^(public-read|public-read-write|authenticated-read)$/;

/** Groups that are everyone, or everyone with an account at AWS. */
const EVERYONE = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

export const s3PublicAcl = resourceRule({
  name: "s3-public-acl",
  title: "No ACL opens a bucket or an object to everyone",
  why: "An ACL opens it past every policy: `authenticated-read` is everyone with an account at AWS.",
  cure: "Leave `acl` out, and let CloudFront or a presigned address read for others.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
  controls: ["CKV_AWS_20", "CKV_AWS_57"],
  types: [
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketAcl:BucketAcl",
    "aws:s3/bucketObject:BucketObject",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:s3/bucketV2:BucketV2",
  ],
  check({ props }) {
    const controlled = "accessControlPolicy" in props ? (props.accessControlPolicy?.grants ?? []) : [];
    const own = "grants" in props ? (props.grants ?? []) : [];
    const grants = [
      ...controlled.map(({ grantee, permission }) => ({ uri: grantee?.uri, permission })),
      ...own.map(({ uri, permissions }) => ({ uri, permission: permissions.join(", ") })),
    ];
    return [
      ...(PUBLIC.test(props.acl ?? "") ? [{ found: `ACL ${props.acl}`, allowed: "none" }] : []),
      ...grants
        .filter(({ uri }) => EVERYONE.test(uri ?? ""))
        .map(({ permission }) => ({ found: `${permission} for everyone`, allowed: "none" })),
    ];
  },
});
