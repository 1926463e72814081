/** The model that a test with a picture calls, and whose price a free test asks: fal's fastest and cheapest. */
export const testModel = 'fal-ai/flux/schnell';
