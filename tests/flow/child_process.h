// A program that a test runs as another process: the real thing, from outside.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace stegvis::testing {

// Used by one thread. What still runs when this ends is ended by SIGKILL.
class ChildProcess {
 public:
  // Starts `words` (the program's path first). Its standard input is empty, its
  // standard output can be read, its standard error goes to the file.
  ChildProcess(std::vector<std::string> words, const std::string& error_file);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  // The next line of its standard output, without line feed; nothing at the
  // end.
  std::optional<std::string> ReadLine();

  void Signal(int number);

  // Waits for its end; the exit status, or 128 + the signal that ended it.
  int Wait();

 private:
  pid_t process_ = -1;
  int output_ = -1;
  std::string unread_;
  std::optional<int> status_;
};

}  // namespace stegvis::testing
