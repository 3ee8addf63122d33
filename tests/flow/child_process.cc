#include "tests/flow/child_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

extern char** environ;

namespace stegvis::testing {

ChildProcess::ChildProcess(std::vector<std::string> words,
                           const std::string& error_file) {
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    ADD_FAILURE() << "no pipe";
    return;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                   O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, error_file.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  if (posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(),
                  environ) != 0) {
    ADD_FAILURE() << "cannot start " << words[0];
    process_ = -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  output_ = ends[0];
}

ChildProcess::~ChildProcess() {
  if (process_ > 0 && !status_.has_value()) {
    Signal(SIGKILL);
    Wait();
  }
  if (output_ >= 0) close(output_);
}

std::optional<std::string> ChildProcess::ReadLine() {
  for (;;) {
    const size_t end = unread_.find('\n');
    if (end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return line;
    }
    std::array<char, 4096> bytes;
    const ssize_t size = read(output_, bytes.data(), bytes.size());
    if (size <= 0) return std::nullopt;
    unread_.append(bytes.data(), static_cast<size_t>(size));
  }
}

void ChildProcess::Signal(int number) {
  if (process_ > 0 && !status_.has_value()) kill(process_, number);
}

int ChildProcess::Wait() {
  if (status_.has_value() || process_ <= 0) return status_.value_or(-1);
  int raw = 0;
  while (waitpid(process_, &raw, 0) < 0 && errno == EINTR) {
  }
  status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return *status_;
}

}  // namespace stegvis::testing
