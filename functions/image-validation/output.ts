import { array, boolean, description, length, number, object, picklist, pipe, string } from "valibot";

/** The body of a 200. */
export const output = {
  "application/json": object({
    message: picklist(["Unicorn validated", "Unable to validate Unicorn"]),
    valid: boolean(),
    detections: array(
      object({
        label: pipe(string(), description("One of COCO's 80 classes")),
        score: number(),
        box: pipe(
          array(number()),
          length(4),
          description("[x, y, width, height] in pixels of the image after its EXIF orientation"),
        ),
      }),
    ),
  }),
};
