/** Parts of the database. A face is notified when one changes. */
export const topics = ['profiles', 'keys', 'accounts', 'activity', 'settings', 'exports', 'money'] as const;
export type Topic = (typeof topics)[number];

/** The same, with what is not in the database. */
export const windowTopics = [...topics, 'vault'] as const;
export type WindowTopic = (typeof windowTopics)[number];
