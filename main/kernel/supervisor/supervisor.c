// Runs one program for Gatehouse and leaves nothing of it behind. Linux only.
//
//   supervisor GRACE FOLDER PROGRAM IDENTITY COPY FILES [PATH IDENTITY]... WORD...
//
// GRACE     milliseconds from asking processes to end until killing them
// FOLDER    the descriptor of the folder to run in
// PROGRAM   the file to run, as it was found, and its IDENTITY (see `identity_of`): another one is not run
// COPY      `INDEX:LENGTH`, or `-`: so many bytes come over the control socket first. They are a script that was judged;
//           word INDEX is replaced by the name of a sealed copy of them
// FILES     how many files follow that have to be what they were, each with its IDENTITY
// WORD...   the words of the command, from its own name on
//
// Descriptor 3 is a socket to the daemon. It says "E": end what runs. If it is closed the daemon is gone, and everything
// is killed at once. What comes back is one line: "e CODE", "s SIGNAL", "f WHAT ERRNO" (could not be started),
// "c WHAT ERRNO" (not what was judged), with " left" behind it if something could not be killed.
//
// There are two of it. Both are subreapers, so that every descendant that loses its parent becomes a child of theirs: the
// tender starts the program and ends what it leaves; the keeper holds the socket. If either is killed, the other ends
// everything.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
  CONTROL = 3,
  LAST_GIVEN = 4,
  // What is about to end by itself gets the time to.
  LINGER_MS = 100,
  KILLING_MS = 3000,
  KILL_AGAIN_MS = 2,
  TENDER_SLOW_MS = 1000,
  MAX_REPORT = 64,
};

struct command {
  int grace_ms;
  int folder;
  const char *program;
  const char *identity;
  int files;
  char **file_words;
  char **words;
  pid_t keeper;
  // All of our own words, as the system shows them.
  char *shown;
  size_t shown_length;
};

static long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

// Descendants

struct process {
  pid_t pid, parent, group;
};

static bool read_process(const char *name, struct process *found) {
  char path[64], text[512], state;
  long threads;
  snprintf(path, sizeof path, "/proc/%s/stat", name);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return false;
  text[length] = 0;
  // The name in parentheses may itself hold blanks and parentheses.
  char *rest = strrchr(text, ')');
  if (rest == NULL || sscanf(rest, ") %c %d %d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %ld", &state,
                             &found->parent, &found->group, &threads) != 4)
    return false;
  found->pid = atoi(name);
  // One whose first thread has ended shows as a zombie, too, while others of it go on.
  return state != 'Z' || threads > 1;
}

static size_t all_processes(struct process **list) {
  size_t count = 0, room = 0;
  DIR *folder = opendir("/proc");
  if (folder == NULL) return 0;
  for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
    if (count == room) {
      room = room == 0 ? 256 : room * 2;
      struct process *more = realloc(*list, room * sizeof **list);
      if (more == NULL) break;
      *list = more;
    }
    if (read_process(entry->d_name, *list + count)) count++;
  }
  closedir(folder);
  return count;
}

// Brings ours to the front, parents before their children, and returns how many there are.
static size_t descendants_first(struct process *list, size_t count) {
  size_t ours = 0;
  pid_t parent = getpid();
  for (size_t next = 0;; parent = list[next++].pid) {
    for (size_t i = ours; i < count; i++) {
      if (list[i].parent != parent) continue;
      struct process child = list[i];
      list[i] = list[ours];
      list[ours++] = child;
    }
    if (next == ours) return ours;
  }
}

static void signal_descendants(int signal) {
  struct process *list = NULL;
  size_t count = all_processes(&list);
  pid_t own_group = getpgrp();
  size_t ours = descendants_first(list, count);
  for (size_t i = 0; i < ours; i++) {
    // A whole group dies at one moment; its members can't outrun it by forking. The program leads a session of its own,
    // so none of its groups has others in it.
    if (signal == SIGKILL && list[i].group > 1 && list[i].group != own_group) kill(-list[i].group, SIGKILL);
    kill(list[i].pid, signal);
    if (signal == SIGTERM) kill(list[i].pid, SIGCONT);
  }
  free(list);
}

// Starting

// Whatever is written to a file, or put in its place, changes this.
static bool is_what_was_judged(const struct stat *found, const char *identity) {
  char text[160];
  snprintf(text, sizeof text, "%ju:%ju:%jd:%jd:%jd", (uintmax_t)found->st_dev, (uintmax_t)found->st_ino,
           (intmax_t)found->st_size, (intmax_t)found->st_mtim.tv_sec * 1000000000 + found->st_mtim.tv_nsec,
           (intmax_t)found->st_ctim.tv_sec * 1000000000 + found->st_ctim.tv_nsec);
  return strcmp(text, identity) == 0;
}

static void give_up(int report, char kind, const char *what) {
  char line[MAX_REPORT];
  int length = snprintf(line, sizeof line, "%c %s %d", kind, what, errno);
  while (write(report, line, length) < 0 && errno == EINTR) continue;
  _exit(127);
}

static void become_program(const struct command *command, int report) {
  struct stat found;
  int program = open(command->program, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  // What may be run and not read is no script.
  bool is_readable = program >= 0;
  if (!is_readable) program = open(command->program, O_PATH | O_CLOEXEC);
  if (program < 0) give_up(report, 'f', "program");
  if (fstat(program, &found) < 0 || !is_what_was_judged(&found, command->identity))
    give_up(report, 'c', "program");
  if (fchdir(command->folder) < 0) give_up(report, 'f', "folder");
  for (int i = 0; i < command->files; i++) {
    const char *path = command->file_words[2 * i], *identity = command->file_words[2 * i + 1];
    if (stat(path, &found) < 0 || !is_what_was_judged(&found, identity)) give_up(report, 'c', "file");
  }
  char start[2] = {0};
  bool is_script = is_readable && pread(program, start, 2, 0) == 2 && start[0] == '#' && start[1] == '!';
  if (!is_script)
    syscall(SYS_execveat, program, "", command->words, environ, AT_EMPTY_PATH);
  else
    // Its interpreter gets a path, and scripts look at it; by descriptor there would be none.
    execve(command->program, command->words, environ);
  give_up(report, 'f', "start");
}

// Returns the program's process, or 0 with the reason in `line`.
static pid_t start_program(const struct command *command, char *line) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) < 0) return 0;
  pid_t tender = getpid(), program = fork();
  if (program == 0) {
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != tender) _exit(127);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    become_program(command, report[1]);
  }
  close(report[1]);
  if (program < 0) {
    snprintf(line, MAX_REPORT, "f start %d", errno);
    close(report[0]);
    return 0;
  }
  ssize_t length;
  do length = read(report[0], line, MAX_REPORT - 1);
  while (length < 0 && errno == EINTR);
  close(report[0]);
  if (length <= 0) return program;
  line[length] = 0;
  waitpid(program, NULL, 0);
  return 0;
}

// The script's bytes, where nobody can change them any more.
static int sealed_copy(size_t length) {
  int copy = memfd_create("script", MFD_ALLOW_SEALING | 0x8U /* MFD_NOEXEC_SEAL */);
  if (copy < 0) copy = memfd_create("script", MFD_ALLOW_SEALING);
  char part[65536];
  while (copy >= 0 && length > 0) {
    ssize_t got = read(CONTROL, part, length < sizeof part ? length : sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return -1;
    for (ssize_t done = 0, step; done < got; done += step)
      if ((step = write(copy, part + done, got - done)) < 0) return -1;
    length -= got;
  }
  int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  return copy < 0 || fcntl(copy, F_ADD_SEALS, seals) < 0 ? -1 : copy;
}

// The two

static void let_go_of(int first, int last) {
  if (syscall(SYS_close_range, first, last, 0) == 0) return;
  for (int i = first; i <= last && i < 4096; i++) close(i);
}

// Who looks for processes by their command line means the program, not these two.
static void hide_words(const struct command *command) { memset(command->shown, 0, command->shown_length); }

static int children_changed(void) {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGCHLD);
  return signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void wait_for(struct pollfd *events, int count, long deadline) {
  long left = deadline == LONG_MAX ? -1 : deadline - now_ms();
  poll(events, count, left < -1 ? 0 : (int)left);
  struct signalfd_siginfo ignored;
  while (read(events[0].fd, &ignored, sizeof ignored) > 0) continue;
}

enum phase { RUNNING, LINGERING, ENDING, KILLING };

// "E": the phase in which everything is asked to end, unless it has come that far. Anything else, and the keeper's own
// end, is the last one.
static enum phase ordered(int keeper, enum phase phase) {
  char order = 'K';
  recv(keeper, &order, 1, MSG_DONTWAIT);
  if (order != 'E') return KILLING;
  return phase < ENDING ? ENDING : phase;
}

static void tend(const struct command *command, int keeper, char *line) {
  bool has_ended = false, is_over = false;
  int status = 0;
  pid_t program = start_program(command, line);
  let_go_of(0, CONTROL - 1);
  let_go_of(CONTROL + 1, keeper - 1);
  hide_words(command);
  if (program == 0) return;
  enum phase phase = RUNNING;
  long deadline = LONG_MAX;
  // The keeper may be stopped when the daemon dies.
  struct pollfd events[] = {{children_changed(), POLLIN, 0}, {keeper, POLLIN, 0}, {CONTROL, POLLRDHUP, 0}};
  bool is_daemon_gone = false;
  while (!is_over) {
    pid_t ended;
    int how;
    while ((ended = waitpid(-1, &how, WNOHANG)) > 0) {
      if (ended != program) continue;
      has_ended = true;
      status = how;
    }
    if (ended < 0 && errno == ECHILD) break;
    enum phase next = phase;
    if (phase == RUNNING && has_ended) next = LINGERING;
    else if (now_ms() >= deadline && phase != KILLING) next = phase + 1;
    else is_over = now_ms() >= deadline;
    if (events[1].revents != 0) next = ordered(keeper, phase);
    if (events[2].revents != 0) is_daemon_gone = true, next = KILLING, events[2].fd = -1;
    events[1].revents = events[2].revents = 0;
    if (next != phase) {
      phase = next;
      if (phase == ENDING) signal_descendants(SIGTERM);
      deadline = now_ms() + (phase == LINGERING ? LINGER_MS : phase == ENDING ? command->grace_ms : KILLING_MS);
    }
    if (phase == KILLING) {
      signal_descendants(SIGKILL);
      // Waits for what it has killed, or looks for what was born meanwhile.
      struct pollfd child = events[0];
      wait_for(&child, 1, now_ms() + KILL_AGAIN_MS);
    } else {
      wait_for(events, 3, deadline);
    }
  }
  // Nobody waits for its report, and it has nothing left to watch.
  if (is_daemon_gone && !is_over && getppid() == command->keeper) kill(command->keeper, SIGKILL);
  const char *left = is_over ? " left" : "";
  if (!has_ended) snprintf(line, MAX_REPORT, "s %d%s", SIGKILL, left);
  else if (WIFSIGNALED(status)) snprintf(line, MAX_REPORT, "s %d%s", WTERMSIG(status), left);
  else snprintf(line, MAX_REPORT, "e %d%s", WEXITSTATUS(status), left);
}

static void keep(const struct command *command, pid_t tender, int link) {
  char line[MAX_REPORT] = "", order = 0;
  bool is_tended = true;
  long deadline = LONG_MAX, given_up = LONG_MAX;
  struct pollfd events[] = {{children_changed(), POLLIN, 0}, {CONTROL, POLLIN, 0}};
  while (now_ms() < given_up) {
    pid_t ended;
    while ((ended = waitpid(-1, NULL, WNOHANG)) > 0)
      if (ended == tender) is_tended = false;
    if (ended < 0 && errno == ECHILD) break;
    if (!is_tended || now_ms() >= deadline) {
      if (given_up == LONG_MAX) given_up = now_ms() + KILLING_MS;
      signal_descendants(SIGKILL);
      struct pollfd child = events[0];
      wait_for(&child, 1, now_ms() + KILL_AGAIN_MS);
      continue;
    }
    if (events[1].revents != 0) {
      ssize_t got = recv(CONTROL, &order, 1, MSG_DONTWAIT);
      bool is_daemon_gone = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
      if (is_daemon_gone) order = 'K', events[1].fd = -1;
      if (is_daemon_gone || got == 1) send(link, &order, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
      // It may be stopped, or hang.
      if (is_daemon_gone) deadline = now_ms() + TENDER_SLOW_MS;
      else if (got == 1) deadline = now_ms() + command->grace_ms + KILLING_MS + TENDER_SLOW_MS;
      events[1].revents = 0;
    }
    wait_for(events, 2, deadline);
  }
  ssize_t length = recv(link, line, sizeof line - 1, MSG_DONTWAIT);
  if (length <= 0) length = snprintf(line, sizeof line, "s %d", SIGKILL);
  line[length] = 0;
  if (given_up != LONG_MAX && now_ms() >= given_up && strstr(line, "left") == NULL) strcat(line, " left");
  strcat(line, "\n");
  send(CONTROL, line, strlen(line), MSG_NOSIGNAL);
}

int main(int count, char **words) {
  if (count < 8) return 2;
  struct command command = {
      .grace_ms = atoi(words[1]),
      .folder = atoi(words[2]),
      .program = words[3],
      .identity = words[4],
      .files = atoi(words[6]),
      .file_words = words + 7,
      .keeper = getpid(),
      .shown = words[1],
      .shown_length = words[count - 1] + strlen(words[count - 1]) - words[1],
  };
  if (command.files < 0 || 8 + 2 * command.files > count) return 2;
  command.words = words + 7 + 2 * command.files;
  // Whatever else was open in the daemon is none of the program's business.
  let_go_of(LAST_GIVEN + 1, INT_MAX);
  fcntl(CONTROL, F_SETFD, FD_CLOEXEC);
  fcntl(command.folder, F_SETFD, FD_CLOEXEC);

  int index = 0, copy = -1, link[2];
  size_t length = 0;
  char name[32];
  if (sscanf(words[5], "%d:%zu", &index, &length) == 2) {
    copy = sealed_copy(length);
    if (copy < 0) return 3;
    snprintf(name, sizeof name, "/proc/self/fd/%d", copy);
    command.words[index] = name;
  }
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, link) < 0) return 3;
  pid_t tender = fork();
  if (tender < 0) return 3;
  if (tender == 0) {
    char line[MAX_REPORT] = "f start 0";
    // A child has to say so for itself.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    close(link[0]);
    tend(&command, link[1], line);
    send(link[1], line, strlen(line), MSG_NOSIGNAL);
    _exit(0);
  }
  close(link[1]);
  let_go_of(0, 2);
  close(command.folder);
  if (copy >= 0) close(copy);
  hide_words(&command);
  keep(&command, tender, link[0]);
  return 0;
}
