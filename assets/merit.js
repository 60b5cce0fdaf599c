/* merit.js - comfort that no page needs: drafts of long forms are kept on the server, a form goes only once, the page
 * that tells a wait looks again by itself. */
(function () {
  "use strict";

  var every = 10000;

  function fields(form) {
    var all = new FormData(form), sent = new URLSearchParams();
    all.forEach(function (value, name) {
      var control = form.elements[name];
      if (typeof value === "string" && !(control && control.type === "password")) sent.append(name, value);
    });
    return sent.toString();
  }

  function told(form) {
    var place = form.querySelector(".kept");
    if (!place) {
      place = document.createElement("p");
      place.className = "kept";
      place.setAttribute("role", "status");
      form.append(place);
    }
    return place;
  }

  function keepDrafts(form) {
    var last = fields(form), under = false;
    var sentence = form.dataset.kept || "";

    function keep() {
      var now = fields(form);
      if (under || now === last || form.dataset.gone) return;
      under = true;
      fetch(form.dataset.draft, {
        method: "POST", body: now, credentials: "same-origin", redirect: "manual", keepalive: now.length < 60000,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Draft": "1" }
      }).then(function (answer) {
        if (!answer.ok) return;
        last = now;
        if (sentence) {
          told(form).textContent = sentence + " " + new Date().toLocaleTimeString(document.documentElement.lang, {
            hour: "2-digit", minute: "2-digit" });
        }
      }).catch(function () { /* the line is cut: the next turn tries again */ }).finally(function () { under = false; });
    }

    setInterval(keep, every);
    document.addEventListener("visibilitychange", function () { if (document.hidden) keep(); });
  }

  function sendOnce(form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.gone) {
        event.preventDefault();
        return;
      }
      form.dataset.gone = "1";
      form.querySelectorAll("button:not([type=button])").forEach(function (button) {
        button.setAttribute("aria-disabled", "true");
      });
      setTimeout(again, 20000); /* nothing came, or a file that was saved */
    });
  }

  function again() { /* also back from the next page: the form may be sent anew */
    document.querySelectorAll("form[data-gone]").forEach(function (form) {
      delete form.dataset.gone;
      form.querySelectorAll("[aria-disabled]").forEach(function (button) { button.removeAttribute("aria-disabled"); });
    });
  }

  document.querySelectorAll("form[data-draft]").forEach(keepDrafts);
  document.querySelectorAll("form[method=post]:not([data-again])").forEach(sendOnce);
  window.addEventListener("pageshow", again);

  var wrong = document.getElementById("problems");
  if (wrong) wrong.focus();

  var seconds = Number(document.body.dataset.lookAgain);
  if (seconds > 0) setTimeout(function () { location.reload(); }, seconds * 1000);
})();
