"""签到表: printed or saved for one session."""

from jiuliting_desk.actions.volunteer_papers import print_sign_in
from jiuliting_desk.model.trainings import TrainingSession
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.out_dialog import Deliver, OutDialog
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.text import label


class SignInDialog(OutDialog):
    """Everybody on the roll, and empty rows for those who come unannounced."""

    def __init__(self, session: Session, training: TrainingSession) -> None:
        super().__init__(session, "", width=460)
        self.setWindowTitle(self.tr("印签到表：{topic}").format(topic=training.topic))
        self._training = training
        words = self.tr("名单上的人各一行，后面留空行给没通知就来的。")
        self.body.insertWidget(0, label(words, "sub", wrap=True))
        self.add_out()

    def file_name(self) -> str:
        """签到表 上门礼仪 3月18日.pdf."""
        day = labels.month_day(self._training.day)
        return self.tr("签到表 {topic} {day}.pdf").format(topic=self._training.topic, day=day)

    def deliver(self, target: str, deliver: Deliver) -> None:
        """Make it and close."""
        job = self.session.perform_in_job(
            print_sign_in,
            title=self.tr("印签到表"),
            session_id=self._training.id,
            target=target,
            deliver=deliver,
        )
        if job is not None:
            self.accept()
