INSERT INTO sessions VALUES (1, 'telegram:42', 'tidy up', 'telegram:42', 1000, 2000, 2, 1, 1, 1);
INSERT INTO messages VALUES
  (1, 1, 0, 'run_11111111111111111111111111111111', 'user',
   '{"role":"user","content":[{"type":"text","text":"tidy up"}],"createdAt":1000}', 1000),
  (2, 1, 1, 'run_11111111111111111111111111111111', 'assistant',
   '{"role":"assistant","content":[{"type":"text","text":"done"}],"stopReason":"stop","createdAt":2000}', 2000);
INSERT INTO runs VALUES
  (1, 'run_11111111111111111111111111111111', 'telegram:42', 'telegram:42', 'tidy up', 'done', 1, 'playbook', '',
   1000, 2000, NULL, NULL, '{"inputTokens":1,"outputTokens":2,"totalTokens":3}', 0, 2);
INSERT INTO run_events VALUES
  (16777218, '[{"seq":1,"at":1000,"type":"run_start","clientId":"telegram:42","prompt":"tidy up"},{"seq":2,"at":2000,"type":"run_done","text":"done","usage":null}]');
INSERT INTO permission_requests VALUES
  (1, 'perm_11111111111111111111111111111111', 'run_11111111111111111111111111111111', 'telegram:42', 'telegram:42',
   'shell_exec', 'exec', 'git push', '/code/app', 'run `git push`', 'wants to run a command', 'medium', 'd1',
   '{"target":"git push","arguments":{"argv":["git","push"]},"presentation":{"wants":"wants to run a command","act":"run `git push`","body":{"kind":"command","text":"git push"},"risks":[]},"choices":[{"scope":"once","sentence":"Only this one"}]}',
   'allowed', 1100, 601100, 1500, 'popup', '', 'forever', NULL);
INSERT INTO permission_grants VALUES
  ('grant_1111111111111111', 'forever', 'client:telegram:42', 'telegram:42', NULL, 'shell_exec', 'exec', 'git push',
   '/code/app', NULL, 'telegram:42 may run `git push` in /code/app', 1500, NULL, 1900, 3);
INSERT INTO decisions VALUES
  (1, 'dec_11111111111111111111111111111111', 1500, 'perm_11111111111111111111111111111111',
   'run_11111111111111111111111111111111', 'telegram:42', 'telegram:42', 'shell_exec', 'exec', 'git push', '/code/app',
   'run `git push`', 'allowed', 'popup', '', 'forever', NULL, 400);
