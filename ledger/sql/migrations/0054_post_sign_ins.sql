-- What only portals of before 0051 keep of their questions and of what came to nothing.

DROP FUNCTION keep_portal_question, take_portal_question, count_portal_attempt, forget_portal_attempts;
DROP TABLE portal_questions, portal_attempts;
