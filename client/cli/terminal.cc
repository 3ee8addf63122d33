#include "client/cli/terminal.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <iostream>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "client/cli/complaint.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

constexpr absl::Duration kQuiet = absl::Seconds(1);
constexpr absl::Duration kBetween = absl::Milliseconds(100);

// What may end the program while a secret is asked for.
constexpr std::array<int, 4> kEnding = {SIGINT, SIGQUIT, SIGHUP, SIGTERM};

// A signal's handler: nothing but what is safe in one. Afterwards the signal
// does what it would have done.
void EchoAgainAndEnd(int signal) {
  termios silent{};
  if (::tcgetattr(STDIN_FILENO, &silent) == 0) {
    silent.c_lflag |= ECHO;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
  }
  ::raise(signal);
}

// Turns off the echo of a terminal for its life, or that of the program.
class WithoutEcho {
 public:
  WithoutEcho() : on_(::tcgetattr(STDIN_FILENO, &before_) == 0 && Echoes()) {
    if (!on_) return;
    for (size_t i = 0; i < kEnding.size(); ++i) Handle(kEnding[i], former_[i]);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~WithoutEcho() {
    if (!on_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    for (size_t i = 0; i < kEnding.size(); ++i) {
      ::sigaction(kEnding[i], &former_[i], nullptr);
    }
  }
  WithoutEcho(const WithoutEcho&) = delete;
  WithoutEcho& operator=(const WithoutEcho&) = delete;

 private:
  bool Echoes() const { return (before_.c_lflag & ECHO) != 0; }

  // What is ignored (nohup) stays ignored.
  static void Handle(int signal, struct sigaction& former) {
    ::sigaction(signal, nullptr, &former);
    if (former.sa_handler == SIG_IGN) return;
    struct sigaction ending {};
    ending.sa_handler = EchoAgainAndEnd;
    ending.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(signal, &ending, nullptr);
  }

  termios before_{};
  std::array<struct sigaction, kEnding.size()> former_{};
  const bool on_;
};

absl::StatusOr<std::string> ReadLine() {
  std::string line;
  if (!std::getline(std::cin, line)) {
    return Complaint("Svaret saknas på stdin. Skriv det på en rad.");
  }
  return std::string(absl::StripAsciiWhitespace(line));
}

}  // namespace

bool StdinIsTerminal() { return ::isatty(STDIN_FILENO) == 1; }
bool StderrIsTerminal() { return ::isatty(STDERR_FILENO) == 1; }

absl::StatusOr<std::string> AskLine(absl::string_view question) {
  if (StdinIsTerminal()) std::cerr << question << " " << std::flush;
  return ReadLine();
}

absl::StatusOr<std::string> AskSecret(absl::string_view question) {
  if (!StdinIsTerminal()) return ReadLine();
  // Silence first: whoever answers at once is not shown either.
  const WithoutEcho silent;
  std::cerr << question << " " << std::flush;
  absl::StatusOr<std::string> line = ReadLine();
  std::cerr << "\n";
  return line;
}

absl::StatusOr<bool> AskYesNo(absl::string_view question) {
  if (!StdinIsTerminal()) {
    return WrongUsage(
        "Frågorna kan bara ställas i en terminal. Ange svaren som val, se "
        "--help.");
  }
  while (true) {
    std::cerr << question << " (ja/nej) " << std::flush;
    const absl::StatusOr<std::string> answer = ReadLine();
    if (!answer.ok()) return answer.status();
    const std::string word = Comparable(*answer);
    if (word == "ja" || word == "j") return true;
    if (word == "nej" || word == "n") return false;
  }
}

Progress::Progress() : on_(StderrIsTerminal()), start_(absl::Now()) {}

Progress::~Progress() { Clear(); }

void Progress::Show(absl::string_view text) {
  if (!on_) return;
  const absl::Time now = absl::Now();
  absl::MutexLock lock(&mutex_);
  if (now - start_ < kQuiet || now - last_ < kBetween) return;
  last_ = now;
  shown_ = true;
  std::cerr << "\r\033[K" << text << std::flush;
}

void Progress::Print(absl::string_view line) {
  absl::MutexLock lock(&mutex_);
  ClearLine();
  std::cerr << line << "\n";
}

void Progress::Clear() {
  absl::MutexLock lock(&mutex_);
  ClearLine();
}

void Progress::ClearLine() {
  if (shown_) std::cerr << "\r\033[K" << std::flush;
  shown_ = false;
}

}  // namespace stegvis::cli
