"""s3fs and pandas: `pandas_client.py BUCKET`."""

import sys

import pandas as pd
import s3fs

bucket = sys.argv[1]
frame = pd.DataFrame({"sl": [6.9, 5.1], "species": ["virginica", "setosa"]})
frame.to_csv(f"s3://{bucket}/pandas/iris.csv", index=False)
pd.testing.assert_frame_equal(pd.read_csv(f"s3://{bucket}/pandas/iris.csv"), frame)

files = s3fs.S3FileSystem()
with files.open(f"{bucket}/pandas/large.bin", "wb") as file:
    for _ in range(3):
        file.write(b"x" * 5 * 1024 * 1024)
assert files.size(f"{bucket}/pandas/large.bin") == 15 * 1024 * 1024
with files.open(f"{bucket}/pandas/large.bin", "rb") as file:
    file.seek(10)
    assert file.read(3) == b"xxx"
assert sorted(files.ls(f"{bucket}/pandas")) == [f"{bucket}/pandas/iris.csv", f"{bucket}/pandas/large.bin"]
files.mv(f"{bucket}/pandas/iris.csv", f"{bucket}/pandas/moved.csv")
assert files.exists(f"{bucket}/pandas/moved.csv") and not files.exists(f"{bucket}/pandas/iris.csv")
files.rm(f"{bucket}/pandas", recursive=True)
assert files.glob(f"{bucket}/pandas/**") == []
