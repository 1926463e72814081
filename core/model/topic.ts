/** What the database holds, as a face shows it, and hears of when it has changed. */
export const topics = ['profiles', 'keys', 'accounts', 'activity', 'settings', 'exports'] as const;
export type Topic = (typeof topics)[number];

/** The same, and what is not in the database. */
export const windowTopics = [...topics, 'vault'] as const;
export type WindowTopic = (typeof windowTopics)[number];
