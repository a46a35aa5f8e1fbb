import Answers
import ArgumentParser

extension AnswerLanguage: ExpressibleByArgument {}
