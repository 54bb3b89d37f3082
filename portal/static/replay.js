// The slider of a replay: says, while it is moved, what happened at the step where it stands. The button goes there.

const range = document.getElementById("at");
const said = document.querySelector("#at-step [data-step]");
const happened = [...document.querySelectorAll("[data-happened]")].map((one) => one.textContent.trim());

range.addEventListener("input", () => {
  const step = said.dataset.step.replace("#", range.value);
  said.textContent = `${step}${said.dataset.colon}${happened[range.value - 1] ?? ""}`;
});
